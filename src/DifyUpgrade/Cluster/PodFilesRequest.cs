namespace DifyUpgrade.Cluster;

/// <summary>Which files to read in which container.</summary>
internal sealed record PodFilesRequest
{
    /// <summary>The container.</summary>
    public required ContainerReference Container { get; init; }

    /// <summary>The pod's identity, so that a successor of the same name is not taken for it; null if any will do.</summary>
    public string? PodUid { get; init; }

    /// <summary>Whether the pod is looked at again after the read, as an exec names no uid; a caller that lists the pods afterwards knows by that.</summary>
    public bool LookAgain { get; init; } = true;

    /// <summary>The files' paths; a relative one starts from the root, as kubelet takes a mountPath.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Whether to keep the bytes and not just their hash.</summary>
    public bool KeepContent { get; init; }
}
