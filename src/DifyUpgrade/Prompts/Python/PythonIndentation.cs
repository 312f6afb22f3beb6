namespace DifyUpgrade.Prompts.Python;

/// <summary>
/// Python's two ways of counting a tab (to the next multiple of eight, and as one): indentation whose depth depends on
/// which way is taken is an error (https://docs.python.org/3.12/reference/lexical_analysis.html#indentation).
/// </summary>
internal sealed class PythonIndentation
{
    private readonly Stack<(int Wide, int Narrow)> _levels = new([(0, 0)]);

    /// <summary>How far an indented line differs from the one before.</summary>
    internal enum Change
    {
        /// <summary>As deep as before.</summary>
        Same,

        /// <summary>One level deeper.</summary>
        Deeper,

        /// <summary>Back by one or more levels.</summary>
        Shallower,

        /// <summary>Back to a depth that no line before had.</summary>
        Unmatched,

        /// <summary>Tabs and spaces mixed so that the depth is in doubt.</summary>
        Inconsistent,
    }

    /// <summary>How many levels are open.</summary>
    public int Depth => _levels.Count - 1;

    /// <summary>Takes the white space before a line in.</summary>
    /// <param name="blanks">Spaces, tabs and form feeds only.</param>
    /// <returns>The change; <see cref="Depth"/> is the new depth.</returns>
    public Change Take(ReadOnlySpan<char> blanks)
    {
        var (wide, narrow) = Measure(blanks);
        var top = _levels.Peek();
        if (wide == top.Wide)
            return narrow == top.Narrow ? Change.Same : Change.Inconsistent;
        if (wide > top.Wide)
        {
            _levels.Push((wide, narrow));
            return narrow > top.Narrow ? Change.Deeper : Change.Inconsistent;
        }

        while (_levels.Peek().Wide > wide)
            _levels.Pop();
        if (_levels.Peek().Wide != wide)
            return Change.Unmatched;
        return _levels.Peek().Narrow == narrow ? Change.Shallower : Change.Inconsistent;
    }

    private static (int Wide, int Narrow) Measure(ReadOnlySpan<char> blanks)
    {
        var (wide, narrow) = (0, 0);
        foreach (var blank in blanks)
        {
            // A form feed begins the count anew.
            (wide, narrow) = blank switch
            {
                ' ' => (wide + 1, narrow + 1),
                '\t' => ((wide / 8 * 8) + 8, narrow + 1),
                _ => (0, 0),
            };
        }

        return (wide, narrow);
    }
}
