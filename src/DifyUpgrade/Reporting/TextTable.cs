using Spectre.Console;

namespace DifyUpgrade.Reporting;

/// <summary>Rows under headings as plain aligned lines, the same on a terminal and in a log.</summary>
internal static class TextTable
{
    // Wider than any row: a wrapped hash could be neither read nor searched for.
    private const int Width = 400;

    /// <summary>Lays rows out.</summary>
    /// <param name="headings">The columns' headings.</param>
    /// <param name="rows">The rows, each with as many cells as there are headings.</param>
    /// <returns>The lines.</returns>
    public static IReadOnlyList<string> Lines(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.None, ShowRowSeparators = false };
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(new Text(heading)) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));

        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = Width;
        console.Write(table);
        return [.. text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }
}
