using System.Text;
using DifyUpgrade.Benchmarks.Measuring;
using Spectre.Console;

namespace DifyUpgrade.Benchmarks.Reporting;

/// <summary>The figures as tables: what was aimed at, and what was measured.</summary>
internal static class Tables
{
    private const int Width = 150;
    private static readonly string[] TargetColumns = ["figure", "target", "measured", "", "of"];
    private static readonly string[] SeriesColumns = ["figure", "way", "median", "least", "most", "n", "command"];

    /// <summary>Prints both, and a bar for each way of what was measured side by side.</summary>
    /// <param name="report">The figures.</param>
    public static void Show(Report report)
    {
        AnsiConsole.Profile.Width = Width;
        Print(SeriesColumns, SeriesRows(report));
        foreach (var figure in report.Figures.Where(figure => figure.Series.Count > 1 && figure.Series.All(series => series.Unit == "s")))
        {
            var chart = new BarChart { Label = $"{figure.Title}, seconds", LabelAlignment = Justify.Left, Width = Width / 2 };
            AnsiConsole.Write(chart.AddItems(figure.Series, series => new BarChartItem(series.Name, Math.Round(series.Median, 2), series.IsOurs || series == figure.Series[0] ? Color.Green : Color.Grey)));
        }

        Print(TargetColumns, TargetRows(report));
        AnsiConsole.WriteLine(report.Machine.ToText());
    }

    /// <summary>Both as Markdown, with the plot.</summary>
    /// <param name="report">The figures.</param>
    /// <returns>The text.</returns>
    public static string Markdown(Report report)
    {
        var text = new StringBuilder("# Benchmark\n\n");
        text.Append(report.Machine.ToText()).Append(". Measured ").Append(FormattableString.Invariant($"{report.Measured:u}")).Append(".\n\n![](benchmark.svg)\n\n");
        Append(text, TargetColumns, TargetRows(report));
        Append(text.Append('\n'), SeriesColumns, SeriesRows(report));
        return text.ToString();
    }

    private static IEnumerable<string[]> TargetRows(Report report) => report.Figures.SelectMany(figure => figure.Targets.Select(target => (string[])
    [
        figure.Name,
        (target.Bound == Bound.AtMost ? "≤ " : "≥ ") + Numbers.Text(target.Limit, target.Unit),
        target.Value is { } value ? Numbers.Text(value, target.Unit) : "-",
        target.Outcome switch { Outcome.Met => "met", Outcome.Missed => "MISSED", _ => "not measured: " + figure.NotMeasured?.Split('\n')[0] },
        target.What,
    ]));

    private static IEnumerable<string[]> SeriesRows(Report report) => report.Figures.SelectMany(figure => figure.Series.Select(series => (string[])
    [
        figure.Name,
        series.Name,
        Numbers.Text(series.Median, series.Unit),
        Numbers.Text(series.Least, series.Unit),
        Numbers.Text(series.Most, series.Unit),
        Numbers.Text(series.Count, ""),
        series.Command,
    ]));

    private static void Print(string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns(columns);
        foreach (var row in rows)
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        AnsiConsole.Write(table);
    }

    private static void Append(StringBuilder text, string[] columns, IEnumerable<string[]> rows)
    {
        text.Append("| ").AppendJoin(" | ", columns).Append(" |\n|").Insert(text.Length, " --- |", columns.Length).Append('\n');
        foreach (var row in rows)
            text.Append("| ").AppendJoin(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
    }
}
