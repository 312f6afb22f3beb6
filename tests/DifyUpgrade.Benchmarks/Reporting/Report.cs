using System.Text.Encodings.Web;
using System.Text.Json;
using DifyUpgrade.Benchmarks.Measuring;
using Spectre.Console;

namespace DifyUpgrade.Benchmarks.Reporting;

/// <summary>The figures, with what they were measured on.</summary>
/// <param name="Machine">Where and with what.</param>
/// <param name="Measured">When.</param>
/// <param name="Comparisons">What came out.</param>
internal sealed record Report(Machine Machine, DateTimeOffset Measured, IReadOnlyList<Comparison> Comparisons)
{
    // For people as well: names of commands keep their quotes and signs.
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes everything, each run included.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>When written.</returns>
    public async Task SaveAsync(string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(this, Readable), cancellation);
    }

    /// <summary>Prints a table of the medians, and a bar for each.</summary>
    public void Show()
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("benchmark", "command", "median", "fastest", "slowest", "ratio");
        foreach (var comparison in Comparisons)
        {
            AddRow(table, comparison.Name, comparison.Ours, comparison.RatioText);
            AddRow(table, "", comparison.Other, "");
        }

        AnsiConsole.Write(table);
        foreach (var comparison in Comparisons)
        {
            AnsiConsole.Write(new BarChart { Label = comparison.Name + ", seconds", LabelAlignment = Justify.Left, Width = 80 }
                .AddItem("here", Math.Round(comparison.Ours.Median, 2), Color.Green)
                .AddItem("by hand", Math.Round(comparison.Other.Median, 2), Color.Grey));
        }

        AnsiConsole.MarkupLineInterpolated($"{Machine.System}; {Machine.Processor}; load {Machine.Load}; .NET SDK {Machine.DotNetSdk}; helm {Machine.Helm}; {Machine.Kubectl}; commit {Machine.Commit}");
    }

    private static void AddRow(Table table, string name, Side side, string ratio) => table.AddRow(
        new Text(name), new Text(side.Command), Seconds(side.Median), Seconds(side.Fastest), Seconds(side.Slowest), new Text(ratio));

    private static Text Seconds(double value) => new(FormattableString.Invariant($"{value:f2} s"));
}
