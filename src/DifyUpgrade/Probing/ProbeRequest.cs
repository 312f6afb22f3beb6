using System.Text.Json.Nodes;

namespace DifyUpgrade.Probing;

/// <summary>What to ask an image.</summary>
internal sealed record ProbeRequest
{
    /// <summary>The image.</summary>
    public required string Image { get; init; }

    /// <summary>The modules to ask about, each with the key of the file that is to take its place; null asks about the code alone.</summary>
    public required IReadOnlyList<(string Module, string? Key)> Modules { get; init; }

    /// <summary>The candidate files by key.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files { get; init; }

    /// <summary>The pod spec of a workload with that image, for what it takes to pull and place it; null when there is none.</summary>
    public JsonObject? PodSpec { get; init; }
}
