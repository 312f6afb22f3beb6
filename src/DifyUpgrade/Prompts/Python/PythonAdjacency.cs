namespace DifyUpgrade.Prompts.Python;

/// <summary>
/// Two values side by side with nothing between them: what is left when prose slips out of its string, by a quote too many
/// or too few. It is the commonest way to break a file of prompts by hand.
/// </summary>
internal static class PythonAdjacency
{
    /// <summary>Looks for two values side by side.</summary>
    /// <param name="line">A logical line.</param>
    /// <param name="isMatchOrCase">Whether the line begins with match or case used as a keyword, which a value may follow.</param>
    /// <returns>The fault; null when there is none.</returns>
    public static PythonFault? FaultIn(ReadOnlySpan<PythonToken> line, bool isMatchOrCase)
    {
        for (var index = isMatchOrCase ? 2 : 1; index < line.Length; index++)
        {
            var areSideBySide = EndsValue(line[index - 1]) && BeginsValue(line[index]);
            if (areSideBySide && !(IsString(line[index - 1]) && IsString(line[index])) && !IsTypeAlias(line, index - 1))
            {
                return new PythonFault(
                    line[index].Start,
                    $"{Describe(line[index])} stands right after {Describe(line[index - 1])}, with nothing that joins them",
                    "check the quotes before it: a string may be closed too early, or never opened");
            }
        }

        return null;
    }

    private static bool IsTypeAlias(ReadOnlySpan<PythonToken> line, int index) =>
        line[index].IsWord("type") && line[index + 1].IsIdentifier
        && (index == 0 || (line[index - 1].Depth == 0 && (line[index - 1].IsOperator(";") || line[index - 1].IsOperator(":"))));

    private static bool EndsValue(PythonToken token) =>
        token.IsIdentifier
        || token.Kind is PythonTokenKind.Number or PythonTokenKind.String or PythonTokenKind.FStringEnd
        || token.IsOperator(")") || token.IsOperator("]");

    private static bool BeginsValue(PythonToken token) =>
        token.IsIdentifier || token.Kind is PythonTokenKind.Number or PythonTokenKind.String or PythonTokenKind.FStringStart;

    private static bool IsString(PythonToken token) =>
        token.Kind is PythonTokenKind.String or PythonTokenKind.FStringStart or PythonTokenKind.FStringEnd;

    private static string Describe(PythonToken token) => token.Kind switch
    {
        PythonTokenKind.Name => $"the word {token.Text}",
        PythonTokenKind.Number => "a number",
        PythonTokenKind.Operator => $"the bracket {token.Text}",
        _ => "a string",
    };
}
