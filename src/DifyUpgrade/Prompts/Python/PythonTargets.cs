namespace DifyUpgrade.Prompts.Python;

/// <summary>The names in imports, after <c>as</c>, and in patterns.</summary>
internal static class PythonTargets
{
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
            names.AddRange(PythonTargetList.NamesIn(tokens[(index + 1)..end]));
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
}
