namespace DifyUpgrade.Prompts.Python;

/// <summary>What the block around a statement means for the names it binds.</summary>
/// <param name="IsHidden">Within a def or class: what is bound there is no name of the module.</param>
/// <param name="IsConditional">Within any other block: what is bound there may be missing.</param>
/// <param name="IsMatch">Directly within a match, where case begins a statement.</param>
internal readonly record struct PythonScope(bool IsHidden, bool IsConditional, bool IsMatch)
{
    /// <summary>The scope of the block that a compound statement opens here.</summary>
    /// <param name="word">The statement's keyword.</param>
    /// <returns>The scope within.</returns>
    public PythonScope Within(string word) => new(IsHidden || word is "def" or "class", IsConditional: true, word == "match");
}
