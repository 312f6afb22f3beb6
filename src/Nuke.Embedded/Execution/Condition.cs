using System.Text.RegularExpressions;

namespace Nuke.Common.Execution;

/// <summary>A condition of a target, with its own source as its name.</summary>
internal sealed partial record Condition(string? Source, Func<bool> IsMet)
{
    public string Text => Spaces().Replace(LambdaHead().Replace(Source ?? "a condition", ""), " ");

    [GeneratedRegex(@"^\s*\(\s*\)\s*=>\s*")]
    private static partial Regex LambdaHead();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
