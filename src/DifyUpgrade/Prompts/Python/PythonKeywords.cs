using System.Collections.Frozen;

namespace DifyUpgrade.Prompts.Python;

/// <summary>
/// The hard keywords of Python 3.12, the version in Dify's images
/// (https://docs.python.org/3.12/reference/lexical_analysis.html#keywords).
/// </summary>
internal static class PythonKeywords
{
    private static readonly FrozenSet<string> Hard = FrozenSet.Create(
        StringComparer.Ordinal,
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
        "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
        "not", "or", "pass", "raise", "return", "try", "while", "with", "yield");

    /// <summary>Whether a word can never be a name.</summary>
    /// <param name="word">The word.</param>
    /// <returns>True for a hard keyword; match, case and type are names wherever they do not begin a statement.</returns>
    public static bool IsKeyword(string word) => Hard.Contains(word);
}
