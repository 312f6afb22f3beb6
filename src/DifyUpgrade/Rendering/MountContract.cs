using System.Text.Json.Serialization;
using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rendering;

/// <summary>One path in one container that must show one key of the ConfigMap.</summary>
internal sealed record ContractMount
{
    /// <summary>The workload whose pods mount it.</summary>
    public required WorkloadReference Workload { get; init; }

    /// <summary>The container.</summary>
    public required string Container { get; init; }

    /// <summary>Whether it is an init container, which has ended before anyone can look into it.</summary>
    public required bool Init { get; init; }

    /// <summary>The container's image as rendered.</summary>
    public required string Image { get; init; }

    /// <summary>The file's path in the container.</summary>
    public required string Path { get; init; }

    /// <summary>The ConfigMap key it must show; null where the manifest leaves that to the pod (subPathExpr) or names a path that shows no key.</summary>
    public required string? Key { get; init; }

    /// <summary>Whether the manifest asks for a read-only mount.</summary>
    public required bool ReadOnly { get; init; }

    /// <summary>Whether the mount is a single file (subPath), which never changes in a running container.</summary>
    public required bool SubPath { get; init; }
}

/// <summary>
/// What a release promises: which path of which container shows which key of the ConfigMap. Read from rendered
/// manifests, so any chart, label scheme and number of files comes free of it.
/// </summary>
/// <param name="Mounts">The promises.</param>
internal sealed record MountContract(IReadOnlyList<ContractMount> Mounts)
{
    /// <summary>The workloads that mount the ConfigMap, in the manifests' order.</summary>
    [JsonIgnore]
    public IReadOnlyList<WorkloadReference> Workloads => [.. Mounts.Select(mount => mount.Workload).Distinct()];

    /// <summary>The mounts with a known key in containers that run: those that can be read back.</summary>
    [JsonIgnore]
    public IEnumerable<ContractMount> Readable => Mounts.Where(mount => mount is { Init: false, Key: not null });
}
