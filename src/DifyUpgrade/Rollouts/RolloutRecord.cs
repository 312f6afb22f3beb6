using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>How watching a rollout ended.</summary>
internal enum RolloutEnd
{
    /// <summary>Every workload is truly rolled out.</summary>
    Complete,

    /// <summary>A controller gave up, or a workload can only be moved by hand.</summary>
    Failed,

    /// <summary>Something stands in the way that will not heal by itself.</summary>
    Stuck,

    /// <summary>The time was up while it still went on.</summary>
    TimedOut,

    /// <summary>The change itself failed: helm said so.</summary>
    ChangeFailed,

    /// <summary>The run was interrupted.</summary>
    Interrupted,
}

/// <summary>
/// All that was seen of a change's rollouts, from before it to their end. Diagnosis and report are made of this and
/// ask nobody else. All times are of this machine's clock, so that they can be compared.
/// </summary>
internal sealed record RolloutRecord
{
    /// <summary>What was done, as a person would say it: <c>helm upgrade</c>.</summary>
    public required string Change { get; init; }

    /// <summary>When watching began.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>How it ended.</summary>
    public required RolloutEnd End { get; init; }

    /// <summary>The workloads, in the order of the manifests.</summary>
    public required IReadOnlyList<WorkloadRecord> Workloads { get; init; }

    /// <summary>Every pod of theirs that was seen, in the order they were.</summary>
    public required IReadOnlyList<PodRecord> Pods { get; init; }

    /// <summary>What controllers and kubelets reported about the workloads and their pods since <see cref="From"/>, oldest first.</summary>
    public required IReadOnlyList<ClusterEvent> Events { get; init; }

    /// <summary>What stands in the way; empty unless <see cref="End"/> is <see cref="RolloutEnd.Stuck"/>.</summary>
    public required IReadOnlyList<Culprit> Culprits { get; init; }

    /// <summary>What helm said when it failed, redacted; null when it did not.</summary>
    public string? HelmSaid { get; init; }

    /// <summary>What requesting a URL all the while came to; null when none was given.</summary>
    public ProbeRecord? Probe { get; init; }
}

/// <summary>What was seen of one workload.</summary>
internal sealed record WorkloadRecord
{
    /// <summary>Which workload.</summary>
    public required WorkloadReference Workload { get; init; }

    /// <summary>The last verdict.</summary>
    public required RolloutVerdict Verdict { get; init; }

    /// <summary>How many pods it shall have; 0 when it does not exist.</summary>
    public required int Desired { get; init; }

    /// <summary>Such as <c>RollingUpdate</c>; empty when it does not exist.</summary>
    public required string UpdateStrategy { get; init; }

    /// <summary>How many pods were ready, moment by moment.</summary>
    public required AvailabilityRecord Availability { get; init; }

    /// <summary>Its revisions that had pods: ReplicaSets, or a StatefulSet's or DaemonSet's own.</summary>
    public required IReadOnlyList<RevisionRecord> Revisions { get; init; }
}

/// <summary>A revision of a workload.</summary>
/// <param name="Name">The ReplicaSet's name, or the revision's.</param>
/// <param name="IsNew">Whether it is the one being rolled out.</param>
internal sealed record RevisionRecord(string Name, bool IsNew);

/// <summary>How many of a workload's pods were ready against how many were promised.</summary>
internal sealed record AvailabilityRecord
{
    /// <summary>Promised at the end: replicas less maxUnavailable.</summary>
    public required int Promised { get; init; }

    /// <summary>The fewest ready pods at any moment since the promise was first kept; null if it never was.</summary>
    public required int? FewestReady { get; init; }

    /// <summary>How long fewer were ready than promised, in seconds, counted from when the promise was first kept.</summary>
    public required double SecondsBelow { get; init; }

    /// <summary>Each change of either number, oldest first.</summary>
    public required IReadOnlyList<AvailabilitySample> Samples { get; init; }
}

/// <summary>From a moment on, so many pods were ready.</summary>
/// <param name="At">The moment.</param>
/// <param name="Ready">Pods that took traffic.</param>
/// <param name="Promised">Pods that should at least.</param>
internal sealed record AvailabilitySample(DateTimeOffset At, int Ready, int Promised);

/// <summary>One pod's own timeline. A time that is null was not seen: it lies before the watch, or never came.</summary>
internal sealed record PodRecord
{
    /// <summary>Its name.</summary>
    public required string Pod { get; init; }

    /// <summary>Its namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Its identity.</summary>
    public required string Uid { get; init; }

    /// <summary>The workload that made it.</summary>
    public required WorkloadReference Workload { get; init; }

    /// <summary>The revision it is of.</summary>
    public required string Revision { get; init; }

    /// <summary>Whether that is the revision being rolled out.</summary>
    public required bool IsNew { get; init; }

    /// <summary>Whether it was there before the change.</summary>
    public required bool WasThere { get; init; }

    /// <summary>Its node; null before it was scheduled.</summary>
    public required string? Node { get; init; }

    /// <summary>When it was first seen.</summary>
    public required DateTimeOffset Seen { get; init; }

    /// <summary>When it was given a node.</summary>
    public DateTimeOffset? Scheduled { get; init; }

    /// <summary>When its last image was there.</summary>
    public DateTimeOffset? Pulled { get; init; }

    /// <summary>When its first container ran.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it first took traffic.</summary>
    public DateTimeOffset? Ready { get; init; }

    /// <summary>When it was told to go.</summary>
    public DateTimeOffset? Terminating { get; init; }

    /// <summary>When it was gone.</summary>
    public DateTimeOffset? Gone { get; init; }

    /// <summary>Each change between ready and not ready.</summary>
    public required IReadOnlyList<ReadinessSample> Readiness { get; init; }

    /// <summary>How often its containers were started again.</summary>
    public required int Restarts { get; init; }

    /// <summary>Where it stood at last, in a few words.</summary>
    public required string Summary { get; init; }
}

/// <summary>From a moment on, a pod was ready or not.</summary>
/// <param name="At">The moment.</param>
/// <param name="Ready">Whether it took traffic.</param>
internal sealed record ReadinessSample(DateTimeOffset At, bool Ready);
