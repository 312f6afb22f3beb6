namespace DifyUpgrade.Prompts.Python;

/// <summary>The decoded text of a file, with Python's idea of lines.</summary>
internal sealed class PythonSource
{
    private readonly List<int> _lineStarts = [0];

    /// <summary>Takes text in and makes every line end a single line feed, as Python does before it looks at anything.</summary>
    /// <param name="decoded">The text without a byte order mark.</param>
    public PythonSource(string decoded)
    {
        Text = decoded.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        for (var at = Text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = Text.IndexOf('\n', at + 1))
            _lineStarts.Add(at + 1);
    }

    /// <summary>The text; lines end with a line feed only.</summary>
    public string Text { get; }

    /// <summary>The line an offset lies on.</summary>
    /// <param name="offset">Into <see cref="Text"/>.</param>
    /// <returns>The line, from 1.</returns>
    public int LineOf(int offset)
    {
        var found = _lineStarts.BinarySearch(offset);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>Gives a fault its line and column.</summary>
    /// <param name="fault">The fault.</param>
    /// <returns>The problem to show.</returns>
    public PythonProblem Place(PythonFault fault) =>
        new(fault.Seen, fault.Remedy, LineOf(fault.Offset), ColumnOf(fault.Offset));

    /// <summary>The column of an offset, counted in code points as editors do.</summary>
    /// <param name="offset">Into <see cref="Text"/>.</param>
    /// <returns>The column, from 1.</returns>
    public int ColumnOf(int offset)
    {
        var column = 1;
        foreach (var _ in Text.AsSpan(_lineStarts[LineOf(offset) - 1]..offset).EnumerateRunes())
            column++;
        return column;
    }
}
