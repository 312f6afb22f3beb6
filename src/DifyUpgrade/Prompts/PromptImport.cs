using System.Text.Json.Serialization;

namespace DifyUpgrade.Prompts;

/// <summary>A name that Dify imports from its prompts file.</summary>
internal sealed record PromptImport
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The first version that imports it.</summary>
    public required string Since { get; init; }

    /// <summary>The first version that no longer does; null when all known later ones do.</summary>
    public string? Until { get; init; }

    /// <summary>The file in Dify's repository that imports it.</summary>
    public required string Importer { get; init; }

    /// <summary>The request within which it is imported; null when it is imported at start.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Whether the import happens at start, where its failure crashes api, worker and beat.</summary>
    [JsonIgnore]
    public bool IsAtStart => Endpoint is null;
}
