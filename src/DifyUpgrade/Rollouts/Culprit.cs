using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>What stands in a rollout's way.</summary>
internal enum ObstacleKind
{
    /// <summary>The image cannot be pulled.</summary>
    ImagePull,

    /// <summary>The image's name is none.</summary>
    InvalidImageName,

    /// <summary>A container ends again and again.</summary>
    CrashLoop,

    /// <summary>A container cannot be made as configured: a key of a ConfigMap or Secret is missing, mostly.</summary>
    ContainerConfig,

    /// <summary>A container cannot be started.</summary>
    ContainerStart,

    /// <summary>No node takes the pod.</summary>
    Unschedulable,

    /// <summary>A volume cannot be mounted.</summary>
    Mount,

    /// <summary>A volume cannot be attached to the pod's node.</summary>
    Attach,

    /// <summary>Pods cannot even be created: quota or admission.</summary>
    PodCreation,
}

/// <summary>Something that keeps a pod from running and will not heal by itself, mostly.</summary>
/// <param name="Kind">What.</param>
/// <param name="Container">The container it is about; null when it is about the whole pod.</param>
/// <param name="Said">The cluster's own words, redacted.</param>
internal sealed record Obstacle(ObstacleKind Kind, string? Container, string Said)
{
    /// <summary>Whether it may heal when pods that are on their way out have gone: they free room, quota and volumes.</summary>
    public bool MayWaitForRoom => Kind is ObstacleKind.Unschedulable or ObstacleKind.Attach or ObstacleKind.PodCreation;
}

/// <summary>An obstacle that outlasted its grace: it ends the rollout.</summary>
/// <param name="Workload">The workload that cannot roll out.</param>
/// <param name="Pod">The pod; null when there is not even one.</param>
/// <param name="Obstacle">What stands in the way.</param>
/// <param name="Since">When it was first seen.</param>
/// <param name="Others">How many more pods of the workload are kept by the same.</param>
internal sealed record Culprit(WorkloadReference Workload, string? Pod, Obstacle Obstacle, DateTimeOffset Since, int Others);
