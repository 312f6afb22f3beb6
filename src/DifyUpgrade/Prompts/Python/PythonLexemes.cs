using System.Globalization;
using System.Text;

namespace DifyUpgrade.Prompts.Python;

/// <summary>Where names, numbers and operators end. Each method looks from an offset and changes nothing.</summary>
internal static class PythonLexemes
{
    private static readonly string[] LongOperators =
    [
        "**=", "//=", ">>=", "<<=", "...", ":=", "->", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "&=", "|=",
        "^=", "@=", "**", "//", "<<", ">>",
    ];

    private static readonly Dictionary<char, string> ShortOperators =
        "+-*/%@&|^~<>()[]{},:.;=".ToDictionary(character => character, character => character.ToString());

    /// <summary>The operator at an offset.</summary>
    /// <param name="text">The file.</param>
    /// <param name="at">The offset.</param>
    /// <returns>The longest operator there, or null.</returns>
    public static string? OperatorAt(string text, int at)
    {
        foreach (var candidate in LongOperators)
        {
            if (string.CompareOrdinal(text, at, candidate, 0, candidate.Length) == 0)
                return candidate;
        }

        return ShortOperators.GetValueOrDefault(text[at]);
    }

    /// <summary>The end of the name at an offset.</summary>
    /// <param name="text">The file.</param>
    /// <param name="at">The offset.</param>
    /// <returns>The offset after it; <paramref name="at"/> when no name begins there.</returns>
    public static int EndOfName(string text, int at)
    {
        var end = at;
        while (end < text.Length && Rune.TryGetRuneAt(text, end, out var rune) && (IsNameStart(rune) || (end > at && IsNameRest(rune))))
            end += rune.Utf16SequenceLength;
        return end;
    }

    /// <summary>The end of the number at an offset.</summary>
    /// <param name="text">The file.</param>
    /// <param name="at">The offset of a digit, or of a point before one.</param>
    /// <returns>The offset after it.</returns>
    public static int EndOfNumber(string text, int at)
    {
        if (text[at] == '0' && At(text, at + 1) is 'x' or 'X')
            return Skip(text, at + 2, character => char.IsAsciiHexDigit(character));
        if (text[at] == '0' && At(text, at + 1) is 'o' or 'O' or 'b' or 'B')
            return Skip(text, at + 2, char.IsAsciiDigit);

        var end = Skip(text, at, char.IsAsciiDigit);
        if (At(text, end) == '.')
            end = Skip(text, end + 1, char.IsAsciiDigit);
        end = EndOfExponent(text, end);
        return At(text, end) is 'j' or 'J' ? end + 1 : end;
    }

    private static int EndOfExponent(string text, int at)
    {
        if (At(text, at) is not ('e' or 'E'))
            return at;
        var digits = At(text, at + 1) is '+' or '-' ? at + 2 : at + 1;
        return char.IsAsciiDigit(At(text, digits)) ? Skip(text, digits, char.IsAsciiDigit) : at;
    }

    private static int Skip(string text, int at, Func<char, bool> belongs)
    {
        while (at < text.Length && (belongs(text[at]) || text[at] == '_'))
            at++;
        return Math.Min(at, text.Length);
    }

    private static char At(string text, int at) => at < text.Length ? text[at] : '\0';

    private static bool IsNameStart(Rune rune) => rune.Value == '_' || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;

    private static bool IsNameRest(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
}
