namespace DifyUpgrade.Cluster;

/// <summary>A pod.</summary>
internal sealed record PodState
{
    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The name; a StatefulSet's next pod has the same.</summary>
    public required string Name { get; init; }

    /// <summary>The identity.</summary>
    public required string Uid { get; init; }

    /// <summary>The controlling owner's kind, such as <c>ReplicaSet</c>.</summary>
    public string? OwnerKind { get; init; }

    /// <summary>The controlling owner's name.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The controlling owner's identity.</summary>
    public string? OwnerUid { get; init; }

    /// <summary>The node; null before it is scheduled.</summary>
    public string? Node { get; init; }

    /// <summary>Pending, Running, Succeeded, Failed or Unknown.</summary>
    public required string Phase { get; init; }

    /// <summary>Why the pod as a whole is in its phase, such as <c>Evicted</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it takes traffic.</summary>
    public required bool Ready { get; init; }

    /// <summary>Whether it was told to go.</summary>
    public required bool Terminating { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Init containers first, then the containers, each in the order of the pod's spec.</summary>
    public required IReadOnlyList<ContainerState> Containers { get; init; }

    /// <summary>Why it is not scheduled, redacted; null if it is.</summary>
    public string? NotScheduled { get; init; }

    /// <summary>Why it is not ready, redacted; null if it is.</summary>
    public string? NotReady { get; init; }
}
