using System.Text.RegularExpressions;

namespace Nuke.Common.Execution;

/// <summary>A condition of a target, with its own source as its name.</summary>
internal sealed partial record Condition
{
    public Condition(string? source, Func<bool> isMet)
    {
        Text = Spaces().Replace(LambdaHead().Replace(source ?? "a condition", ""), " ");
        IsMet = isMet;
    }

    public string Text { get; }

    public Func<bool> IsMet { get; }

    [GeneratedRegex(@"^\s*\(\s*\)\s*=>\s*")]
    private static partial Regex LambdaHead();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
