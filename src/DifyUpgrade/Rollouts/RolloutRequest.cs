using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>A change, and the workloads that must be rolled out after it.</summary>
internal sealed record RolloutRequest
{
    /// <summary>What is done, as a person would say it: <c>helm upgrade</c>.</summary>
    public required string Change { get; init; }

    /// <summary>The workloads that must be rolled out in the end.</summary>
    public required IReadOnlyList<WorkloadReference> Workloads { get; init; }

    /// <summary>Makes the change; the token interrupts it.</summary>
    public required Func<CancellationToken, Task> MakeAsync { get; init; }

    /// <summary>Whether the change may be interrupted when the rollout is stuck: a helm rollback would die of it and leave the release pending.</summary>
    public bool Interruptible { get; init; } = true;
}
