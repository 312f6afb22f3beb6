namespace DifyUpgrade.Prompts.Python;

/// <summary>What expressions bind: walrus targets, and calls that may bind anything.</summary>
internal static class PythonExpressions
{
    /// <summary>Looks through an expression, or a whole statement, that Python evaluates at module level.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="bindings">Takes what is found.</param>
    public static void Read(ReadOnlySpan<PythonToken> tokens, PythonBindings bindings)
    {
        var lambdas = new LambdaBodies();
        for (var index = 0; index < tokens.Length; index++)
        {
            lambdas.Pass(tokens[index]);

            // Conditional always: `a and (b := 1)` and a comprehension over nothing bind nothing.
            if (!lambdas.IsWithin && index > 0 && tokens[index].IsOperator(":=") && tokens[index - 1].IsIdentifier)
                bindings.Bind(tokens[index - 1], isConditional: true);
            if (IsNamespace(tokens, index, "vars") || IsNamespace(tokens, index, "locals"))
                bindings.AddOpenEnd(tokens[index], tokens[index].Text + "()", isStarImport: false);
        }

        ReadHidden(tokens, bindings);
    }

    /// <summary>Looks for calls that bind names of the module from within any body.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="bindings">Takes what is found.</param>
    public static void ReadHidden(ReadOnlySpan<PythonToken> tokens, PythonBindings bindings)
    {
        for (var index = 0; index < tokens.Length; index++)
        {
            if (IsNamespace(tokens, index, "globals") || IsCall(tokens, index, "exec"))
                bindings.AddOpenEnd(tokens[index], tokens[index].Text + "()", isStarImport: false);
        }
    }

    private static bool IsNamespace(ReadOnlySpan<PythonToken> tokens, int index, string name) =>
        IsCall(tokens, index, name) && index + 2 < tokens.Length && tokens[index + 2].IsOperator(")");

    private static bool IsCall(ReadOnlySpan<PythonToken> tokens, int index, string name) =>
        tokens[index].IsWord(name)
        && index + 1 < tokens.Length && tokens[index + 1].IsOperator("(")
        && !(index > 0 && (tokens[index - 1].IsOperator(".") || tokens[index - 1].IsWord("def") || tokens[index - 1].IsWord("class")));

    /// <summary>Keeps account of the lambdas around a token: what their bodies bind is theirs, what their defaults bind is not.</summary>
    private sealed class LambdaBodies
    {
        private readonly Stack<(int Depth, bool InBody)> _open = new();
        private int _bodies;

        /// <summary>Whether the token just passed stands in a lambda's body.</summary>
        public bool IsWithin => _bodies > 0;

        public void Pass(PythonToken token)
        {
            while (_open.TryPeek(out var top) && (top.Depth > token.Depth || (top.InBody && top.Depth == token.Depth && EndsBody(token))))
                Pop();
            if (token.IsWord("lambda"))
            {
                _open.Push((token.Depth, false));
            }
            else if (token.IsOperator(":") && _open.TryPeek(out var top) && !top.InBody && top.Depth == token.Depth)
            {
                _open.Pop();
                _open.Push((token.Depth, true));
                _bodies++;
            }
        }

        private static bool EndsBody(PythonToken token) =>
            token.IsOperator(",") || token.IsOperator(":") || token.IsWord("for") || token.IsWord("async");

        private void Pop()
        {
            if (_open.Pop().InBody)
                _bodies--;
        }
    }
}
