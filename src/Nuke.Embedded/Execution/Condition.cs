namespace Nuke.Common.Execution;

/// <summary>A condition of a target, with its own source as its name.</summary>
internal sealed record Condition(string? Source, Func<bool> IsMet)
{
    /// <summary>The source on one line, without the head of its lambda.</summary>
    public string Text
    {
        get
        {
            var text = string.Join(' ', (Source ?? "a condition").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return text.StartsWith("() => ", StringComparison.Ordinal) ? text["() => ".Length..] : text;
        }
    }
}
