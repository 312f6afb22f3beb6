using System.Text.Json.Serialization;
using DifyUpgrade.Cluster;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Diagnosis;

/// <summary>All that was kept of a failure, without secrets: what the causes are read from, and nothing else.</summary>
internal sealed record FailureEvidence
{
    /// <summary>The release's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The ConfigMap that holds the prompt files.</summary>
    public required string ConfigMap { get; init; }

    /// <summary>What helm said, if it failed; empty otherwise.</summary>
    public required string HelmSaid { get; init; }

    /// <summary>The rollout that failed; null when it did not come to one.</summary>
    public RolloutRecord? Rollout { get; init; }

    /// <summary>The pods that are not as they should be, a few of each workload.</summary>
    public required IReadOnlyList<PodEvidence> Pods { get; init; }

    /// <summary>What controllers and kubelets reported about the workloads and their pods, oldest first.</summary>
    public required IReadOnlyList<ClusterEvent> Events { get; init; }

    /// <summary>Everything that was said by something that refused: helm, and controllers that could not create pods.</summary>
    [JsonIgnore]
    public IEnumerable<string> Refusals =>
    [
        HelmSaid,
        .. (Rollout?.Culprits ?? []).Where(culprit => culprit.Obstacle.Kind == ObstacleKind.PodCreation).Select(culprit => culprit.Obstacle.Said),
        .. Events.Where(happening => happening.Reason == "FailedCreate").Select(happening => happening.Message),
    ];
}

/// <summary>A pod that is not as it should be.</summary>
internal sealed record PodEvidence
{
    /// <summary>The workload that made it.</summary>
    public required WorkloadReference Workload { get; init; }

    /// <summary>Its state.</summary>
    public required PodState State { get; init; }

    /// <summary>Its containers' last lines.</summary>
    public required IReadOnlyList<ContainerLog> Logs { get; init; }

    /// <summary>For messages.</summary>
    [JsonIgnore]
    public string Name => $"pod/{State.Name}";
}

/// <summary>The end of a container's log.</summary>
/// <param name="Container">The container.</param>
/// <param name="Previous">Whether it is of the process before the last restart.</param>
/// <param name="Lines">The lines, redacted.</param>
internal sealed record ContainerLog(string Container, bool Previous, IReadOnlyList<string> Lines);
