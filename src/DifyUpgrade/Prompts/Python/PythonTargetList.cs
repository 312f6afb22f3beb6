namespace DifyUpgrade.Prompts.Python;

/// <summary>The names that an assignment, for, with or del reaches: <c>a, (b, *c)</c>, but not <c>d.e</c> or <c>f[0]</c>.</summary>
internal sealed class PythonTargetList
{
    private readonly List<PythonToken> _names = [];
    private readonly Stack<int> _namesBeforeGroup = new();
    private bool _atItem = true;

    /// <summary>Reads a list of targets.</summary>
    /// <param name="tokens">The list.</param>
    /// <returns>The tokens of the names.</returns>
    public static List<PythonToken> NamesIn(ReadOnlySpan<PythonToken> tokens)
    {
        var list = new PythonTargetList();
        for (var index = 0; index < tokens.Length; index++)
        {
            if (IsOpening(tokens[index]) && !list._atItem)
                index = CloserOf(tokens, index);
            else
                list.Take(tokens[index], IsContinued(tokens, index));
        }

        return list._names;
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

    private void Take(PythonToken token, bool isContinued)
    {
        if (IsOpening(token))
        {
            _namesBeforeGroup.Push(_names.Count);
        }
        else if (IsClosing(token) && _namesBeforeGroup.TryPop(out var before))
        {
            // `(a).b = 1` changes b of a; it binds nothing.
            if (isContinued)
                _names.RemoveRange(before, _names.Count - before);
            _atItem = false;
        }
        else
        {
            if (_atItem && token.IsIdentifier && !isContinued)
                _names.Add(token);
            _atItem = token.IsOperator(",") || (_atItem && token.IsOperator("*"));
        }
    }
}
