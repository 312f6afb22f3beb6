using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>Reads from a pod's state what keeps it from running; pure.</summary>
internal static class Obstacles
{
    /// <summary>Looks for an obstacle.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="volume">The last event about a volume of it; null when there was none.</param>
    /// <returns>The obstacle; null when the pod runs, or may just need its time.</returns>
    public static Obstacle? Of(PodState pod, ClusterEvent? volume)
    {
        if (pod.Terminating || pod.Phase == "Succeeded")
            return null;
        if (pod.Node is null)
            return pod.NotScheduled is { } message ? new Obstacle(ObstacleKind.Unschedulable, null, message) : null;
        return pod.Containers.Select(container => Of(container, pod.Ready)).FirstOrDefault(found => found is not null) ?? OfVolume(pod, volume);
    }

    private static Obstacle? Of(ContainerState container, bool podReady) => container switch
    {
        { State: ContainerPhase.Waiting, Reason: { } reason } => OfWaiting(container, reason),

        // An init container's success is its end; what a main container's end means depends on nothing but its being one.
        { State: ContainerPhase.Terminated, Init: true, ExitCode: 0 } => null,
        { State: ContainerPhase.Terminated } when !podReady => Crash(container, new ContainerTermination(container.Reason, container.ExitCode ?? 0, container.Message)),
        _ => null,
    };

    private static Obstacle? OfWaiting(ContainerState container, string reason) => reason switch
    {
        "ErrImagePull" or "ImagePullBackOff" or "ErrImageNeverPull" or "ImageInspectError" or "RegistryUnavailable" =>
            new Obstacle(ObstacleKind.ImagePull, container.Name, Said(container, reason)),
        "InvalidImageName" => new Obstacle(ObstacleKind.InvalidImageName, container.Name, Said(container, reason)),
        "CrashLoopBackOff" => Crash(container, container.LastTermination),
        "CreateContainerConfigError" => new Obstacle(ObstacleKind.ContainerConfig, container.Name, Said(container, reason)),
        "CreateContainerError" or "RunContainerError" or "StartError" or "PreStartHookError" or "PostStartHookError" =>
            new Obstacle(ObstacleKind.ContainerStart, container.Name, Said(container, reason)),
        _ => null,
    };

    private static Obstacle? OfVolume(PodState pod, ClusterEvent? volume)
    {
        // Once a container has run the volumes were there, whatever an older event says.
        var waits = pod.Containers.All(container => container is { State: ContainerPhase.Waiting, Restarts: 0, LastTermination: null } || container.Init);
        return volume is { } happening && waits && !pod.Ready && !IsOverload(happening)
            ? new Obstacle(happening.Reason == "FailedMount" ? ObstacleKind.Mount : ObstacleKind.Attach, null, $"{happening.Reason}: {happening.Message}")
            : null;
    }

    // kubelet's own cache lags when many pods start at once; it tries again by itself, and a missing object is worded otherwise.
    private static bool IsOverload(ClusterEvent happening) =>
        happening.Message.Contains("failed to sync configmap cache", StringComparison.Ordinal) || happening.Message.Contains("failed to sync secret cache", StringComparison.Ordinal);

    private static Obstacle Crash(ContainerState container, ContainerTermination? last) => last switch
    {
        // The runtime's own failures come in the clothes of a crash: nothing of the image ever ran.
        { Reason: "StartError" or "ContainerCannotRun" } => new Obstacle(ObstacleKind.ContainerStart, container.Name, $"container {container.Name}: {last.Reason}: {last.Message}"),
        { } => new Obstacle(ObstacleKind.CrashLoop, container.Name, $"container {container.Name} ended with exit code {last.ExitCode}{Reason(last.Reason)}"),
        null => new Obstacle(ObstacleKind.CrashLoop, container.Name, $"container {container.Name} ends again and again"),
    };

    private static string Said(ContainerState container, string reason) => $"container {container.Name}: {reason}{(container.Message is { } message ? ": " + message : "")}";

    private static string Reason(string? reason) => reason is null or "Error" or "Completed" ? "" : $" ({reason})";
}
