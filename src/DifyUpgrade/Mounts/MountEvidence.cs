using System.Text.Json.Serialization;
using DifyUpgrade.Rendering;

namespace DifyUpgrade.Mounts;

/// <summary>What reading a mounted file back showed.</summary>
internal enum MountVerdict
{
    /// <summary>The pod serves exactly the expected bytes, mounted as promised.</summary>
    Proven,

    /// <summary>The pod serves something else, or the mount is not as promised.</summary>
    Refuted,

    /// <summary>It could not be read; that proves nothing.</summary>
    NotChecked,
}

/// <summary>For one pod, container and path: what was expected, what was seen.</summary>
internal sealed record MountEvidence
{
    /// <summary>What was promised.</summary>
    public required ContractMount Mount { get; init; }

    /// <summary>The pod; empty when the workload has none.</summary>
    public required string Pod { get; init; }

    /// <summary>SHA-256 of the expected content, in hex.</summary>
    public required string ExpectedSha256 { get; init; }

    /// <summary>SHA-256 of what the container shows, in hex; null when it could not be read.</summary>
    public required string? SeenSha256 { get; init; }

    /// <summary>Whether the container's mount table says read-only; null when it could not be read.</summary>
    public required bool? ReadOnly { get; init; }

    /// <summary>What that comes to.</summary>
    public required MountVerdict Verdict { get; init; }

    /// <summary>Why, where it is not proven; empty otherwise.</summary>
    public required string Reason { get; init; }
}

/// <summary>All evidence of one reading.</summary>
/// <param name="Evidence">A row per pod, container and path.</param>
internal sealed record MountProof(IReadOnlyList<MountEvidence> Evidence)
{
    /// <summary>Whether everything promised was read and is as promised; nothing read proves nothing.</summary>
    public bool IsProven => Evidence.Count > 0 && Evidence.All(row => row.Verdict == MountVerdict.Proven);

    /// <summary>The rows that prove nothing or the opposite.</summary>
    [JsonIgnore]
    public IEnumerable<MountEvidence> Open => Evidence.Where(row => row.Verdict != MountVerdict.Proven);
}
