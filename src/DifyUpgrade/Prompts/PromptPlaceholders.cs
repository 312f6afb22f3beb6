using System.Text.Json.Serialization;

namespace DifyUpgrade.Prompts;

/// <summary>The fields of a prompt that Dify fills in.</summary>
internal sealed record PromptPlaceholders
{
    /// <summary>The prompt's name.</summary>
    public required string Name { get; init; }

    /// <summary>The first version that fills in these.</summary>
    public required string Since { get; init; }

    /// <summary>The first version that no longer does; null when all known later ones do.</summary>
    public string? Until { get; init; }

    /// <summary>The fields with their braces.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Whether Python's str.format fills them in, for which every brace is a field; else only double braces are.</summary>
    [JsonIgnore]
    public bool IsFormat => Fields.Any(name => !name.StartsWith("{{", StringComparison.Ordinal));
}
