using DifyUpgrade.Sandbox.Faults;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Scripted faults that happen to a pod by themselves; the others wait for a pull, a start or a probe.</summary>
internal static class PodFaults
{
    /// <summary>Whether any such fault is scripted.</summary>
    public static bool Concern(FaultPlan faults) => faults.Rules.Any(rule => rule.Kind is FaultKind.Evicted or FaultKind.OutOfMemory);

    /// <summary>Lets them happen.</summary>
    public static void Apply(SimulatedPod pod)
    {
        var faults = pod.Services.Faults;
        if (pod.Stage >= PodStage.Terminating || !Concern(faults))
            return;
        if (faults.PodFault(FaultKind.Evicted, pod.Body) is { } eviction)
        {
            pod.Evict(eviction.Message ?? "The node was low on resource: memory. Threshold quantity: 100Mi, available: 61Mi. ");
            return;
        }

        foreach (var container in pod.Containers.Where(container => container.IsRunning))
        {
            if (faults.PodFault(FaultKind.OutOfMemory, pod.Body, container.Name) is not null)
                pod.Step(() => container.Crush("OOMKilled"));
        }
    }
}
