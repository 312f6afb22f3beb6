using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle.Scheduling;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Nodes;

/// <summary>
/// Notices nodes that do not answer, taints them, and evicts the pods that do not tolerate that for longer. What a lost
/// node's pods really do nobody knows, so they stay until it is back or somebody forces them out.
/// </summary>
internal sealed class NodeLifecycle(ControlPlane plane) : Controller(plane)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(50);
    private readonly Dictionary<string, DateTimeOffset> _silentSince = [];
    private readonly NodeHealth _health = new(plane);
    private readonly EventSource _events = plane.Events.As("taint-eviction-controller");

    /// <inheritdoc/>
    public override IReadOnlyList<ResourceType> Follows { get; } = [ResourceTypes.Nodes, ResourceTypes.Pods];

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change)
    {
        if (change.Object.Type == ResourceTypes.Nodes)
            return [new ObjectName("", change.Object.Name)];
        var node = PodFacts.Of(change.Object).NodeName;
        return node is not null && Plane.Index.Get(ResourceTypes.Nodes, new ObjectName("", node)) is { } tainted && Evicting(tainted).Any() ? [new ObjectName("", node)] : [];
    }

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedByFaults() => [.. Plane.Index.All(ResourceTypes.Nodes).Select(node => new ObjectName("", node.Name))];

    /// <inheritdoc/>
    public override TimeSpan? Reconcile(ObjectName name)
    {
        if (Plane.Index.Get(ResourceTypes.Nodes, name) is not { } node)
        {
            ClearAway(name.Name);
            return null;
        }

        if (UntilLost(node) is { } left && left > TimeSpan.Zero)
            return left;
        node = _health.Taint(_health.Judge(node));
        return EvictFrom(node);
    }

    // Null for a node that answers; what is left of its grace for one that does not.
    private TimeSpan? UntilLost(StoredObject node)
    {
        if (!Plane.Faults.IsLost(node.Name))
        {
            _silentSince.Remove(node.Name);
            return null;
        }

        _silentSince.TryAdd(node.Name, Plane.Time.Now);
        return Grace - Plane.Time.Since(_silentSince[node.Name]);
    }

    // Nobody will ever end the pods of a node that is not there any more.
    private void ClearAway(string node)
    {
        foreach (var pod in Plane.Index.All(ResourceTypes.Pods).Where(pod => PodFacts.Of(pod).NodeName == node).ToList())
            Plane.Deletion.Begin(pod, new DeletionRequest { GracePeriodSeconds = 0 });
    }

    private static IEnumerable<JsonObject> Evicting(StoredObject node) => node.Body.Items("spec", "taints").Where(taint => taint.Text("effect") == "NoExecute");

    private TimeSpan? EvictFrom(StoredObject node)
    {
        var taints = Evicting(node).ToList();
        if (taints.Count == 0)
            return null;
        TimeSpan? next = null;
        foreach (var pod in Plane.Index.All(ResourceTypes.Pods).Where(pod => PodFacts.Of(pod) is { IsTerminating: false, HasEnded: false } facts && facts.NodeName == node.Name).ToList())
        {
            var left = taints.Select(taint => UntilEvicted(node, pod, taint)).Min();
            if (left <= TimeSpan.Zero)
                Evict(pod);
            else if (left != TimeSpan.MaxValue && (next is null || left < next))
                next = left;
        }

        return next;
    }

    private TimeSpan UntilEvicted(StoredObject node, StoredObject pod, JsonObject taint)
    {
        var tolerations = Taints.Tolerations(pod.Body, taint).ToList();
        if (tolerations.Count == 0)
            return TimeSpan.Zero;
        var limits = tolerations.Select(toleration => toleration.Number("tolerationSeconds")).OfType<long>().ToList();
        if (limits.Count == 0)
            return TimeSpan.MaxValue;
        var since = taint.Text("timeAdded") is { } added ? Plane.Moments.Since(node.Uid, NodeHealth.Tainted, added) : TimeSpan.Zero;
        return TimeSpan.FromSeconds(limits.Min()) - since;
    }

    private void Evict(StoredObject pod)
    {
        _events.Normal(pod, "TaintManagerEviction", $"Marking for deletion Pod {pod.Namespace}/{pod.Name}");
        var marked = Plane.Change(pod, body =>
            body.SetCondition(new Condition("DisruptionTarget", "True", "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint"), Plane.Now, updated: false));
        Plane.Deletion.Begin(marked);
    }
}
