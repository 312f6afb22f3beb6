namespace DifyUpgrade.Cluster;

/// <summary>How far a workload's rollout is, in the terms of `kubectl rollout status`, the same for all kinds.</summary>
internal sealed record WorkloadState
{
    /// <summary>Which workload.</summary>
    public required WorkloadReference Reference { get; init; }

    /// <summary>The object's identity.</summary>
    public required string Uid { get; init; }

    /// <summary>The generation that is wanted.</summary>
    public required long Generation { get; init; }

    /// <summary>The generation that the numbers below speak of; below <see cref="Generation"/> they are stale.</summary>
    public required long ObservedGeneration { get; init; }

    /// <summary>How many pods are wanted (of a DaemonSet: nodes it should run on).</summary>
    public required int Desired { get; init; }

    /// <summary>How many pods are of the newest template.</summary>
    public required int Updated { get; init; }

    /// <summary>How many pods there are, old ones included (of a DaemonSet: nodes it should and does run on).</summary>
    public required int Total { get; init; }

    /// <summary>How many pods are ready.</summary>
    public required int Ready { get; init; }

    /// <summary>How many pods are ready for as long as minReadySeconds asks.</summary>
    public required int Available { get; init; }

    /// <summary>Whether the rollout is paused; Deployments only.</summary>
    public bool Paused { get; init; }

    /// <summary>Whether the controller gave the rollout up; Deployments only.</summary>
    public bool ProgressDeadlineExceeded { get; init; }

    /// <summary>The Progressing condition's message, redacted.</summary>
    public string? ProgressMessage { get; init; }

    /// <summary>The ReplicaFailure condition's message, redacted: pods could not even be created (quota, admission).</summary>
    public string? ReplicaFailure { get; init; }

    /// <summary>
    /// The newest revision: the Deployment's revision number, the StatefulSet's updateRevision, the DaemonSet's
    /// template generation.
    /// </summary>
    public string? Revision { get; init; }

    /// <summary>The revision most pods came from before: StatefulSets only.</summary>
    public string? CurrentRevision { get; init; }

    /// <summary>Such as <c>RollingUpdate</c>, <c>Recreate</c> or <c>OnDelete</c>.</summary>
    public required string UpdateStrategy { get; init; }

    /// <summary>As given: a number or a percentage.</summary>
    public string? MaxSurge { get; init; }

    /// <summary>As given: a number or a percentage.</summary>
    public string? MaxUnavailable { get; init; }

    /// <summary>Pods with an ordinal below it keep the old template; StatefulSets only.</summary>
    public int? Partition { get; init; }

    /// <summary>Selects the workload's pods, as a label selector string.</summary>
    public required string Selector { get; init; }
}
