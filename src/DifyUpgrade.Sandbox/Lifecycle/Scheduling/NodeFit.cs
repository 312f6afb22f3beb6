using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Scheduling;

/// <summary>Why a node does not take a pod, in the scheduler's words.</summary>
/// <param name="plane">Where the other pods are.</param>
/// <param name="usage">What the nodes' pods take.</param>
internal sealed class NodeFit(ControlPlane plane, NodeUsage usage)
{
    /// <summary>Why not; several reasons where the node lacks several resources, none where it takes the pod.</summary>
    public IReadOnlyList<string> WhyNot(StoredObject pod, StoredObject node)
    {
        if (node.Body.Flag("spec", "unschedulable") && !Taints.Tolerations(pod.Body, Unschedulable).Any())
            return ["node(s) were unschedulable"];
        if (Taints.Against(node.Body, pod.Body) is { } taint)
            return [$"node(s) had untolerated taint {{{taint.Text("key")}: {taint.Text("value")}}}"];
        if (!NodeAffinity.Fits(pod.Body, node.Body))
            return ["node(s) didn't match Pod's node affinity/selector"];
        var lacks = Lacks(pod, node).ToList();
        return lacks.Count > 0 ? lacks : IsApart(pod, node) ? [] : ["node(s) didn't match pod anti-affinity rules"];
    }

    private static JsonObject Unschedulable { get; } = new() { ["key"] = "node.kubernetes.io/unschedulable", ["effect"] = "NoSchedule" };

    private IEnumerable<string> Lacks(StoredObject pod, StoredObject node)
    {
        var (pods, cpu, memory) = usage.Of(node.Name);
        var demand = PodDemand.Of(pod);
        var allocatable = node.Body.At("status", "allocatable");
        if (pods + 1 > Quantity.Of(allocatable.At("pods")))
            yield return "Too many pods";
        if (demand.Cpu > 0 && cpu + demand.Cpu > Quantity.Of(allocatable.At("cpu")))
            yield return "Insufficient cpu";
        if (demand.Memory > 0 && memory + demand.Memory > Quantity.Of(allocatable.At("memory")))
            yield return "Insufficient memory";
    }

    private bool IsApart(StoredObject pod, StoredObject node) =>
        pod.Body.Items("spec", "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution").All(term => IsApart(pod, node, term));

    private bool IsApart(StoredObject pod, StoredObject node, JsonObject term)
    {
        var (selector, key) = (LabelSelector.Of(term["labelSelector"]), term.Text("topologyKey") ?? "");
        var place = Place(node, key);
        return place is null || !plane.Index.In(ResourceTypes.Pods, pod.Namespace).Any(other =>
            PodFacts.Of(other) is { HasEnded: false, NodeName: { } name }
            && selector.Matches(other.Body)
            && plane.Index.Get(ResourceTypes.Nodes, new ObjectName("", name)) is { } there
            && Place(there, key) == place);
    }

    private static string? Place(StoredObject node, string key) => node.Body.Text("metadata", "labels", key);
}
