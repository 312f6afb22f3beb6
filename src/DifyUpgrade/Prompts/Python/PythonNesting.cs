namespace DifyUpgrade.Prompts.Python;

/// <summary>Something open while the tokenizer reads: a bracket, an f-string's text, a field in it, or that field's format.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Opener">The text that opened it, for messages.</param>
/// <param name="Offset">Where it was opened.</param>
/// <param name="Form">The string's form; of no use for brackets.</param>
/// <param name="TokensBefore">How many tokens there were when it was opened, so that an empty field is noticed.</param>
internal readonly record struct PythonNesting(
    PythonNesting.Kinds Kind, string Opener, int Offset, PythonStringForm Form, int TokensBefore)
{
    /// <summary>What can be open.</summary>
    internal enum Kinds
    {
        /// <summary>A round, square or curly bracket.</summary>
        Bracket,

        /// <summary>The text of an f-string.</summary>
        Text,

        /// <summary>The expression of a field in an f-string.</summary>
        Field,

        /// <summary>The format after a field's colon, which is text again.</summary>
        Format,
    }

    /// <summary>Whether plain text is read, not tokens.</summary>
    public bool IsText => Kind is Kinds.Text or Kinds.Format;

    /// <summary>What closes it.</summary>
    public string Closer => Opener switch
    {
        "(" => ")",
        "[" => "]",
        _ => "}",
    };
}
