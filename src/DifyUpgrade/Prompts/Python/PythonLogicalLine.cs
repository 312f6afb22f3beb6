namespace DifyUpgrade.Prompts.Python;

/// <summary>One statement line after continuation lines and brackets are joined.</summary>
/// <param name="Tokens">Its tokens; at least one.</param>
/// <param name="Depth">How many levels it is indented.</param>
internal readonly record struct PythonLogicalLine(ReadOnlyMemory<PythonToken> Tokens, int Depth)
{
    /// <summary>Groups tokens into lines.</summary>
    /// <param name="tokens">All tokens of a file.</param>
    /// <returns>The lines that hold code.</returns>
    public static IReadOnlyList<PythonLogicalLine> Group(IReadOnlyList<PythonToken> tokens)
    {
        var all = tokens.ToArray();
        var lines = new List<PythonLogicalLine>();
        var (start, depth) = (0, 0);
        for (var index = 0; index < all.Length; index++)
        {
            if (all[index].Kind is not (PythonTokenKind.Newline or PythonTokenKind.Indent or PythonTokenKind.Dedent))
                continue;
            if (index > start)
                lines.Add(new PythonLogicalLine(all.AsMemory(start..index), depth));
            start = index + 1;
            depth += all[index].Kind switch
            {
                PythonTokenKind.Indent => 1,
                PythonTokenKind.Dedent => -1,
                _ => 0,
            };
        }

        // Without a newline at the end the tokenizer stopped early, and half a statement says nothing.
        return lines;
    }
}
