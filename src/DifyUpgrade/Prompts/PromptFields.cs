using System.Text.RegularExpressions;
using DifyUpgrade.Prompts.Python;

namespace DifyUpgrade.Prompts;

/// <summary>A field, or a brace that is none, in the text of a prompt.</summary>
/// <param name="Text">As it stands, braces included.</param>
/// <param name="Offset">Into the source.</param>
internal sealed record PromptField(string Text, int Offset);

/// <summary>Finds the fields in a prompt's text as those find them that fill them in.</summary>
internal static partial class PromptFields
{
    /// <summary>The fields in double braces, which Dify replaces by name; blanks within the braces make it plain text.</summary>
    /// <param name="source">The file.</param>
    /// <param name="text">The prompt's text in it.</param>
    /// <returns>The fields in the order they stand.</returns>
    public static IEnumerable<PromptField> Double(PythonSource source, PythonText text) => In(source, text, DoubleBraces());

    /// <summary>What <c>str.format</c> takes for fields, and braces that it stumbles over; doubled braces are plain text to it.</summary>
    /// <param name="source">The file.</param>
    /// <param name="text">The prompt's text in it.</param>
    /// <returns>The fields in the order they stand.</returns>
    public static IEnumerable<PromptField> Format(PythonSource source, PythonText text) =>
        In(source, text, FormatBraces()).Where(field => field.Text is not ("{{" or "}}"));

    /// <summary>Where a lost field may have gone: the same name in other braces, with blanks or in other letters.</summary>
    /// <param name="source">The file.</param>
    /// <param name="text">The prompt's text in it.</param>
    /// <param name="field">The lost field.</param>
    /// <returns>The likely place; null when there is none.</returns>
    public static PromptField? Likely(PythonSource source, PythonText text, string field) =>
        In(source, text, AnyBraces()).FirstOrDefault(found => PromptNameLikeness.IsSlip(NameOf(found.Text), NameOf(field)) || string.Equals(NameOf(found.Text), NameOf(field), StringComparison.OrdinalIgnoreCase));

    private static string NameOf(string field) => field.Trim('{', '}', ' ', '\t', '#');

    private static IEnumerable<PromptField> In(PythonSource source, PythonText text, Regex pattern) =>
        from piece in text.Pieces
        from Match match in pattern.Matches(source.Text[piece.Start..piece.End])
        select new PromptField(match.Value, piece.Start + match.Index);

    [GeneratedRegex(@"\{\{#?[A-Za-z_][A-Za-z0-9_.]{0,60}#?\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex DoubleBraces();

    [GeneratedRegex(@"\{\{|\}\}|\{[^{}\n]{0,60}\}|[{}]", RegexOptions.CultureInvariant)]
    private static partial Regex FormatBraces();

    [GeneratedRegex(@"\{{1,3}[ \t]*#?[A-Za-z_][A-Za-z0-9_.]{0,60}#?[ \t]*\}{1,3}", RegexOptions.CultureInvariant)]
    private static partial Regex AnyBraces();
}
