namespace DifyUpgrade.Prompts.Python;

/// <summary>The names in lists of targets, imports and patterns.</summary>
internal static class PythonTargets
{
    /// <summary>The names that an assignment, for, with or del reaches: <c>a, (b, *c)</c>, but not <c>d.e</c> or <c>f[0]</c>.</summary>
    /// <param name="tokens">The target list.</param>
    /// <returns>The tokens of the names.</returns>
    public static List<PythonToken> OfTargetList(ReadOnlySpan<PythonToken> tokens)
    {
        var names = new List<PythonToken>();
        var namesBeforeGroup = new Stack<int>();
        var atItem = true;
        for (var index = 0; index < tokens.Length; index++)
        {
            var token = tokens[index];
            if (token.IsOperator(",") || (atItem && token.IsOperator("*")))
            {
                atItem = true;
            }
            else if (IsOpening(token) && atItem)
            {
                namesBeforeGroup.Push(names.Count);
            }
            else if (IsOpening(token))
            {
                index = CloserOf(tokens, index);
            }
            else if (IsClosing(token) && namesBeforeGroup.TryPop(out var before))
            {
                // `(a).b = 1` changes b of a; it binds nothing.
                if (IsContinued(tokens, index))
                    names.RemoveRange(before, names.Count - before);
                atItem = false;
            }
            else
            {
                if (atItem && token.IsIdentifier && !IsContinued(tokens, index))
                    names.Add(token);
                atItem = false;
            }
        }

        return names;
    }

    /// <summary>The names that an import binds: <c>a.b as c, d.e</c> binds c and d.</summary>
    /// <param name="tokens">What stands after <c>import</c>, with or without parentheses.</param>
    /// <returns>The tokens of the names.</returns>
    public static List<PythonToken> OfImport(ReadOnlySpan<PythonToken> tokens)
    {
        var names = new List<PythonToken>();
        var atItem = true;
        for (var index = 0; index < tokens.Length; index++)
        {
            var isRenamed = index > 0 && tokens[index - 1].IsWord("as");
            if (tokens[index].IsOperator(","))
                atItem = true;
            else if (tokens[index].IsIdentifier && isRenamed && names.Count > 0)
                names[^1] = tokens[index];
            else if (tokens[index].IsIdentifier && atItem)
                names.Add(tokens[index]);
            if (tokens[index].IsIdentifier)
                atItem = false;
        }

        return names;
    }

    /// <summary>The names after each <c>as</c> of a with or except.</summary>
    /// <param name="tokens">The header between keyword and colon.</param>
    /// <returns>The tokens of the names.</returns>
    public static List<PythonToken> OfAs(ReadOnlySpan<PythonToken> tokens)
    {
        var names = new List<PythonToken>();
        for (var index = 0; index < tokens.Length; index++)
        {
            if (!tokens[index].IsWord("as"))
                continue;
            var depth = tokens[index].Depth;
            var end = index + 1;
            while (end < tokens.Length && tokens[end].Depth >= depth && !(tokens[end].Depth == depth && tokens[end].IsOperator(",")))
                end++;
            names.AddRange(OfTargetList(tokens[(index + 1)..end]));
            index = end - 1;
        }

        return names;
    }

    /// <summary>The names that a case captures.</summary>
    /// <param name="tokens">The header between <c>case</c> and colon, guard included.</param>
    /// <returns>The tokens of the names.</returns>
    public static List<PythonToken> OfPattern(ReadOnlySpan<PythonToken> tokens)
    {
        var names = new List<PythonToken>();
        for (var index = 0; index < tokens.Length && !(tokens[index].Depth == 0 && tokens[index].IsWord("if")); index++)
        {
            var token = tokens[index];
            var isValue = index > 0 && tokens[index - 1].IsOperator(".");
            var isKey = index + 1 < tokens.Length && (tokens[index + 1].IsOperator("=") || tokens[index + 1].IsOperator(".") || tokens[index + 1].IsOperator("("));
            if (token.IsIdentifier && token.Text != "_" && !isValue && !isKey)
                names.Add(token);
        }

        return names;
    }

    private static bool IsOpening(PythonToken token) => token.IsOperator("(") || token.IsOperator("[");

    private static bool IsClosing(PythonToken token) => token.IsOperator(")") || token.IsOperator("]");

    private static bool IsContinued(ReadOnlySpan<PythonToken> tokens, int index) =>
        index + 1 < tokens.Length && (IsOpening(tokens[index + 1]) || tokens[index + 1].IsOperator("."));

    private static int CloserOf(ReadOnlySpan<PythonToken> tokens, int opener)
    {
        var index = opener + 1;
        while (index < tokens.Length && tokens[index].Depth > tokens[opener].Depth)
            index++;
        return index;
    }
}
