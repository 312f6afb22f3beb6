namespace DifyUpgrade.Sandbox.Pods;

/// <summary>A pod's phase, by what its containers do; kubelet's <c>getPhase</c>.</summary>
internal static class PodPhase
{
    /// <summary>The phase.</summary>
    public static string Of(SimulatedPod pod)
    {
        if (pod.Failure is not null)
            return "Failed";
        if (pod.InitContainers.Any(container => container.IsDone && !container.HasSucceeded))
            return "Failed";
        if (pod.Stage == PodStage.Terminating || (pod.Stage == PodStage.Ended && pod.IsTerminating))
            return AtTheEnd(pod);
        if (pod.Stage < PodStage.Running || pod.Containers.Any(container => container.State is Waiting && container.Last is null))
            return "Pending";
        if (pod.Containers.Any(container => !container.IsDone))
            return "Running";
        return pod.Containers.All(container => container.HasSucceeded) ? "Succeeded" : "Failed";
    }

    // A pod on its way out keeps its phase while something runs; then it is final whatever the restart policy says.
    private static string AtTheEnd(SimulatedPod pod)
    {
        if (pod.Containers.Any(container => container.IsRunning))
            return "Running";
        if (pod.Containers.Any(container => container.State is Waiting && container.Last is null))
            return pod.Stage == PodStage.Ended ? "Failed" : "Pending";
        return pod.Containers.All(container => container.State is Terminated { ExitCode: 0 }) ? "Succeeded" : "Failed";
    }
}
