using System.Collections.Frozen;

namespace DifyUpgrade.Prompts.Python;

/// <summary>A text that is written out in the file: the stretches of source between the quotes of its strings.</summary>
/// <param name="Pieces">Where the stretches lie, in the order they are joined; escapes stand in them as written.</param>
internal sealed record PythonText(IReadOnlyList<(int Start, int End)> Pieces)
{
    // More pieces than this are data, not a prompt; the bound keeps `A += A` from doubling without end.
    private const int MostPieces = 1000;

    // They take white space away, so no field goes missing by them.
    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(StringComparer.Ordinal, "strip", "lstrip", "rstrip", "dedent", "cleandoc", "textwrap", "inspect");

    /// <summary>A text without anything in it.</summary>
    public static PythonText Empty { get; } = new([]);

    /// <summary>Reads an expression that is nothing but strings, joined by standing together or by a plus, and names of such texts.</summary>
    /// <param name="value">The expression.</param>
    /// <param name="source">The file.</param>
    /// <param name="known">The texts that names have at this place.</param>
    /// <returns>The text; null when the expression holds anything else, or no string at all.</returns>
    public static PythonText? Read(ReadOnlySpan<PythonToken> value, string source, IReadOnlyDictionary<string, PythonText> known)
    {
        var pieces = new List<(int, int)>();
        foreach (var token in value)
        {
            if (token.Kind == PythonTokenKind.String && BodyOf(token, source) is { } body)
                pieces.Add(body);
            else if (token.Kind == PythonTokenKind.Name && known.TryGetValue(token.Text, out var text))
                pieces.AddRange(text.Pieces);
            else if (!IsGlue(token))
                return null;
            if (pieces.Count > MostPieces)
                return null;
        }

        return pieces.Count == 0 ? null : new PythonText(pieces);
    }

    /// <summary>This text with another after it.</summary>
    /// <param name="next">The other.</param>
    /// <returns>Both; null when they are in too many pieces to be a prompt.</returns>
    public PythonText? Then(PythonText next) => Pieces.Count + next.Pieces.Count > MostPieces ? null : new([.. Pieces, .. next.Pieces]);

    private static bool IsGlue(PythonToken token) =>
        token.IsOperator("(") || token.IsOperator(")") || token.IsOperator("+") || token.IsOperator(".")
        || (token.Kind == PythonTokenKind.Name && Harmless.Contains(token.Text));

    // Bytes are no text to Python.
    private static (int Start, int End)? BodyOf(PythonToken token, string source) =>
        PythonString.FormAt(source, token.Start, out var start) is { } form
        && !source.AsSpan(token.Start, start - token.Start).ContainsAny('b', 'B')
        && token.End - form.QuoteLength >= start
            ? (start, token.End - form.QuoteLength)
            : null;
}
