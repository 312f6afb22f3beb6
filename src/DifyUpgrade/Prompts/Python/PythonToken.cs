namespace DifyUpgrade.Prompts.Python;

/// <summary>What a token is.</summary>
internal enum PythonTokenKind
{
    /// <summary>An identifier or keyword.</summary>
    Name,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole string that is no f-string.</summary>
    String,

    /// <summary>Where an f-string begins.</summary>
    FStringStart,

    /// <summary>Where an f-string ends.</summary>
    FStringEnd,

    /// <summary>An operator, bracket or delimiter; also the braces of an f-string's field.</summary>
    Operator,

    /// <summary>The end of a logical line.</summary>
    Newline,

    /// <summary>One level of indentation more.</summary>
    Indent,

    /// <summary>One level of indentation less.</summary>
    Dedent,
}

/// <summary>A token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text of a name (as Python compares it) or operator; empty for the rest.</param>
/// <param name="Start">Its offset.</param>
/// <param name="End">The offset after it.</param>
/// <param name="Depth">How many brackets, f-strings and fields are open around it; a pair's two ends have the depth around the pair.</param>
internal readonly record struct PythonToken(PythonTokenKind Kind, string Text, int Start, int End, int Depth)
{
    /// <summary>Whether this is the given operator.</summary>
    /// <param name="text">The operator.</param>
    /// <returns>True when it is.</returns>
    public bool IsOperator(string text) => Kind == PythonTokenKind.Operator && Text == text;

    /// <summary>Whether this is the given word, be it a keyword or a name.</summary>
    /// <param name="text">The word.</param>
    /// <returns>True when it is.</returns>
    public bool IsWord(string text) => Kind == PythonTokenKind.Name && Text == text;

    /// <summary>Whether this is a name that a program may bind.</summary>
    public bool IsIdentifier => Kind == PythonTokenKind.Name && !PythonKeywords.IsKeyword(Text);
}
