namespace DifyUpgrade.Sandbox.Pods.Shell;

/// <summary>Tells words such as <c>NAME=value</c>.</summary>
internal static class ShellAssignment
{
    /// <summary>The name and the value; null for another word.</summary>
    public static (string Name, ShellWord Value)? Of(ShellWord word)
    {
        if (word.Pieces.Count == 0 || word.Pieces[0] is not { Kind: PieceKind.Literal, IsQuoted: false } first)
            return null;
        var equals = first.Text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || !IsName(first.Text.AsSpan(0, equals)))
            return null;
        return (first.Text[..equals], new ShellWord([first with { Text = first.Text[(equals + 1)..], IsQuoted = true }, .. word.Pieces.Skip(1).Select(piece => piece with { IsQuoted = true })]));
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return false;
        }

        return !char.IsAsciiDigit(text[0]);
    }
}
