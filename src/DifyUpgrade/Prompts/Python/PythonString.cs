namespace DifyUpgrade.Prompts.Python;

/// <summary>How a string is written.</summary>
/// <param name="Quote">The quote character.</param>
/// <param name="IsTriple">Three quotes, so that it may span lines.</param>
/// <param name="IsRaw">With the prefix r.</param>
/// <param name="IsFormatted">With the prefix f.</param>
internal readonly record struct PythonStringForm(char Quote, bool IsTriple, bool IsRaw, bool IsFormatted)
{
    /// <summary>How many characters open it, and close it.</summary>
    public int QuoteLength => IsTriple ? 3 : 1;
}

/// <summary>Why the reading of a string's text stopped.</summary>
internal enum PythonStringStop
{
    /// <summary>At the closing quotes.</summary>
    Closed,

    /// <summary>At the brace that opens a field.</summary>
    Field,

    /// <summary>At the brace that closes the field whose format is being read.</summary>
    FieldEnd,

    /// <summary>At a closing brace that closes nothing.</summary>
    StrayBrace,

    /// <summary>At the end of the line or file.</summary>
    Unterminated,
}

/// <summary>Finds the ends of strings; fields of f-strings are left to the tokenizer, since any expression may stand there.</summary>
internal static class PythonString
{
    private static readonly string[] Prefixes = ["r", "b", "u", "f", "rb", "br", "rf", "fr"];

    /// <summary>The string that begins at an offset.</summary>
    /// <param name="text">The file.</param>
    /// <param name="at">The offset of the prefix or quote.</param>
    /// <param name="body">The offset after the opening quotes.</param>
    /// <returns>Its form; null when no string begins there.</returns>
    public static PythonStringForm? FormAt(string text, int at, out int body)
    {
        var quoteAt = at;
        while (quoteAt < text.Length && quoteAt < at + 2 && char.IsAsciiLetter(text[quoteAt]))
            quoteAt++;
        body = quoteAt;
        if (quoteAt == text.Length || text[quoteAt] is not ('"' or '\''))
            return null;

        var prefix = text[at..quoteAt].ToLowerInvariant();
        if (prefix.Length > 0 && !Prefixes.Contains(prefix))
            return null;

        var quote = text[quoteAt];
        var isTriple = StandsAt(text, quoteAt, quote, 3);
        body = quoteAt + (isTriple ? 3 : 1);
        return new PythonStringForm(quote, isTriple, prefix.Contains('r', StringComparison.Ordinal), prefix.Contains('f', StringComparison.Ordinal));
    }

    /// <summary>Reads a string's text up to what ends it.</summary>
    /// <param name="text">The file.</param>
    /// <param name="at">Where to begin; afterwards the offset of what it stopped at.</param>
    /// <param name="form">The string's form.</param>
    /// <param name="inFormat">Whether this is the format after a field's colon.</param>
    /// <returns>What it stopped at.</returns>
    public static PythonStringStop ReadText(string text, ref int at, PythonStringForm form, bool inFormat)
    {
        while (at < text.Length)
        {
            var character = text[at];
            if (character == '\n' && !form.IsTriple)
                return PythonStringStop.Unterminated;
            if (StandsAt(text, at, form.Quote, form.QuoteLength))
                return PythonStringStop.Closed;
            if (character == '\\')
                at = AfterBackslash(text, at, form);
            else if (form.IsFormatted && character is '{' or '}' && StopAtBrace(text, ref at, inFormat) is { } stop)
                return stop;
            else
                at++;
        }

        at = text.Length;
        return PythonStringStop.Unterminated;
    }

    private static PythonStringStop? StopAtBrace(string text, ref int at, bool inFormat)
    {
        var isOpening = text[at] == '{';
        if (inFormat)
            return isOpening ? PythonStringStop.Field : PythonStringStop.FieldEnd;
        if (!StandsAt(text, at, text[at], 2))
            return isOpening ? PythonStringStop.Field : PythonStringStop.StrayBrace;

        // The caller steps over the second brace.
        at++;
        return null;
    }

    private static int AfterBackslash(string text, int at, PythonStringForm form)
    {
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        if (!form.IsFormatted)
            return at + 2;

        // A backslash does not escape a brace: f"\{x}" still holds the field x. A named character does hold braces.
        if (next is '{' or '}')
            return at + 1;
        if (next != 'N' || form.IsRaw || !StandsAt(text, at + 2, '{', 1))
            return at + 2;
        var close = text.AsSpan(at).IndexOfAny('}', '\n', form.Quote);
        return close < 0 ? text.Length : at + close + (text[at + close] == '}' ? 1 : 0);
    }

    private static bool StandsAt(string text, int at, char character, int times)
    {
        if (at + times > text.Length)
            return false;
        for (var offset = 0; offset < times; offset++)
        {
            if (text[at + offset] != character)
                return false;
        }

        return true;
    }
}
