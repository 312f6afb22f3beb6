namespace DifyUpgrade.Sandbox.Pods;

/// <summary>A pod's conditions, by what its containers do.</summary>
internal static class PodConditions
{
    /// <summary>The conditions that kubelet owns, in its order.</summary>
    public static IEnumerable<(string Type, bool Holds, string? Reason, string? Message)> Of(SimulatedPod pod, string phase)
    {
        yield return ("PodReadyToStartContainers", pod.Address is not null && pod.Stage != PodStage.Ended, null, null);
        yield return Initialized(pod, phase);
        var (ready, reason, message) = ContainersReady(pod, phase);
        var gate = ready ? MissingGate(pod) : null;
        yield return ("Ready", ready && gate is null, gate is null ? reason : "ReadinessGatesNotReady", gate ?? message);
        yield return ("ContainersReady", ready, reason, message);
        yield return ("PodScheduled", true, null, null);
    }

    private static (string, bool, string?, string?) Initialized(SimulatedPod pod, string phase)
    {
        var waiting = pod.InitContainers.Where(container => !container.IsInitialized).Select(container => container.Name).ToList();
        return phase == "Succeeded" ? ("Initialized", true, "PodCompleted", null)
            : waiting.Count == 0 ? ("Initialized", true, null, null)
            : ("Initialized", false, "ContainersNotInitialized", $"containers with incomplete status: [{string.Join(' ', waiting)}]");
    }

    private static (bool Ready, string? Reason, string? Message) ContainersReady(SimulatedPod pod, string phase)
    {
        if (phase is "Succeeded" or "Failed")
            return (false, phase == "Succeeded" ? "PodCompleted" : "PodFailed", null);
        var unready = pod.Containers.Where(container => !container.Ready).Select(container => container.Name).ToList();
        return unready.Count == 0 ? (true, null, null) : (false, "ContainersNotReady", $"containers with unready status: [{string.Join(' ', unready)}]");
    }

    private static string? MissingGate(SimulatedPod pod)
    {
        var missing = pod.Spec.Items("readinessGates").Select(gate => gate.Text("conditionType"))
            .Where(type => pod.Body.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == type).Text("status") != "True")
            .Select(type => $"corresponding condition of pod readiness gate \"{type}\" does not exist.").ToList();
        return missing.Count == 0 ? null : string.Join(", ", missing);
    }
}
