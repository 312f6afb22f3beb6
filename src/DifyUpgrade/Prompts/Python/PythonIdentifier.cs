using System.Globalization;
using System.Text;

namespace DifyUpgrade.Prompts.Python;

/// <summary>Names as Python compares them, and characters as a message shows them.</summary>
internal static class PythonIdentifier
{
    // What word processors and web pages put in the place of plain characters.
    private const string TypographicQuotes = "“”„‟‘’‚‛«»′″";

    /// <summary>The form in which Python compares names.</summary>
    /// <param name="name">The name as written.</param>
    /// <returns>
    /// The name with fullwidth letters made plain. Python applies all of NFKC, which .NET cannot without ICU
    /// (InvariantGlobalization); of what NFKC changes, only fullwidth letters come from a keyboard.
    /// </returns>
    public static string Normalize(string name) => Ascii.IsValid(name)
        ? name
        : string.Concat(name.Select(character => character is >= '\uFF01' and <= '\uFF5E' ? (char)(character - 0xFEE0) : character));

    /// <summary>Shows a character that may be invisible.</summary>
    /// <param name="character">One code point.</param>
    /// <returns>The character, if it can be seen, and its number.</returns>
    public static string Show(string character)
    {
        var rune = Rune.GetRuneAt(character, 0);
        var visible = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.NonSpacingMark);
        return visible ? $"{character} (U+{rune.Value:X4})" : $"U+{rune.Value:X4}";
    }

    /// <summary>What to do about a character that no token begins with.</summary>
    /// <param name="character">Its first UTF-16 unit.</param>
    /// <returns>The remedy.</returns>
    public static string RemedyFor(char character)
    {
        if (TypographicQuotes.Contains(character, StringComparison.Ordinal))
            return "type the plain quote ' or \" instead";
        return char.IsWhiteSpace(character)
            ? "type a plain space instead"
            : "remove it, or check that the string before it is not closed too early";
    }
}
