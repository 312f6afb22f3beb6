using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>A pod in a few words.</summary>
internal static class PodSummary
{
    /// <summary>Says where a pod stands: the first thing that keeps it from being ready.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>A few words without the pod's name.</returns>
    public static string Of(PodState pod)
    {
        var restarts = pod.Containers.Sum(container => container.Restarts);
        var suffix = restarts > 0 ? $", {restarts} restart{(restarts == 1 ? "" : "s")}" : "";
        if (pod.Terminating)
            return "terminating" + suffix;
        if (pod.Ready)
            return "ready" + suffix;
        return (Obstacle(pod) ?? pod.Phase) + suffix;
    }

    /// <summary>What a container of a pod that is not ready waits for or died of.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>The reason with its message; null when no container says one.</returns>
    public static string? Obstacle(PodState pod)
    {
        if (pod.Phase == "Pending" && pod.Containers.Count == 0)
            return pod.NotScheduled is { Length: > 0 } message ? "not scheduled: " + message : "not scheduled yet";
        return pod.Containers.Where(container => !container.Ready).Select(Obstacle).FirstOrDefault(reason => reason is not null);
    }

    private static string? Obstacle(ContainerState container) => container switch
    {
        { State: ContainerPhase.Waiting, Reason: { Length: > 0 } reason } => $"{container.Name}: {reason}{Exit(container)}",
        { State: ContainerPhase.Terminated, Init: false } => $"{container.Name}: ended with exit code {container.ExitCode}",
        { State: ContainerPhase.Running } => $"{container.Name}: running, not ready",
        _ => null,
    };

    private static string Exit(ContainerState container) =>
        container.LastTermination is { } last ? $" (last exit code {last.ExitCode})" : "";
}
