namespace DifyUpgrade.Sandbox.Pods.Shell;

/// <summary>A piece of a word of a shell script.</summary>
/// <param name="Text">Literal text, the name of a variable, or the script of a command substitution.</param>
/// <param name="Kind">Which of them.</param>
/// <param name="IsQuoted">Whether it stood in quotes: then it is neither split nor a pattern.</param>
internal sealed record ShellPiece(string Text, PieceKind Kind, bool IsQuoted);

/// <summary>What a piece of a word is.</summary>
internal enum PieceKind
{
    /// <summary>Text as it stands.</summary>
    Literal,

    /// <summary>A variable.</summary>
    Variable,

    /// <summary>The output of a command.</summary>
    Command,
}

/// <summary>A word of a shell script.</summary>
/// <param name="Pieces">Its pieces.</param>
internal sealed record ShellWord(IReadOnlyList<ShellPiece> Pieces)
{
    /// <summary>The text of a word that is nothing but unquoted text, such as a keyword; else null.</summary>
    public string? Plain => Pieces is [{ Kind: PieceKind.Literal, IsQuoted: false } only] ? only.Text : null;
}

/// <summary>A word or an operator of a shell script.</summary>
/// <param name="Operator">The operator; null for a word.</param>
/// <param name="Word">The word; null for an operator.</param>
internal sealed record ShellToken(string? Operator, ShellWord? Word);

/// <summary>A script that the sandbox's shell cannot read.</summary>
internal sealed class ShellSyntaxException(string message) : Exception(message);
