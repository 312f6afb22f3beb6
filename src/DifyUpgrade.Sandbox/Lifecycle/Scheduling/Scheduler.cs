using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Lifecycle.Storage;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Scheduling;

/// <summary>Gives each new pod a node, or says why none takes it.</summary>
internal sealed class Scheduler : Controller
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookAgainAtFault = TimeSpan.FromSeconds(10);

    private readonly HashSet<ObjectName> _waiting = [];
    private readonly NodeUsage _usage = new();
    private readonly NodeFit _fit;
    private readonly EventSource _events;

    /// <summary>Sets it up.</summary>
    public Scheduler(ControlPlane plane)
        : base(plane)
    {
        _fit = new NodeFit(plane, _usage);
        _events = plane.Events.As("default-scheduler");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ResourceType> Follows { get; } = [ResourceTypes.Pods, ResourceTypes.Nodes, ResourceTypes.PersistentVolumeClaims];

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change)
    {
        if (change.Object.Type != ResourceTypes.Pods)
            return [.. _waiting];
        var madeRoom = _usage.Take(change);
        var name = new ObjectName(change.Object.Namespace, change.Object.Name);
        if (change.Kind != StoreEventKind.Deleted && WantsNode(change.Object))
        {
            // A pod that waits is looked at again when something else changes, not for its own status.
            return _waiting.Add(name) ? [name] : [];
        }

        _waiting.Remove(name);
        return madeRoom ? [.. _waiting] : [];
    }

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedByFaults() => [.. _waiting];

    /// <inheritdoc/>
    public override TimeSpan? Reconcile(ObjectName name)
    {
        if (Plane.Index.Get(ResourceTypes.Pods, name) is not { } pod || !WantsNode(pod))
            return null;
        var nodes = Plane.Index.All(ResourceTypes.Nodes).ToList();
        if (Plane.Faults.PodFault(FaultKind.Unschedulable, pod.Body) is { } fault)
            return Refuse(pod, fault.Message ?? $"0/{nodes.Count} nodes are available: {nodes.Count} Insufficient cpu.{Preemption(nodes.Count, true)}", LookAgainAtFault);
        if (MissingVolume(pod) is { } volume)
            return Refuse(pod, $"0/{nodes.Count} nodes are available: {volume}.{Preemption(nodes.Count, false)}", LookAgain);
        var refusals = nodes.ToDictionary(node => node, node => _fit.WhyNot(pod, node));
        var best = nodes.Where(node => refusals[node].Count == 0).OrderBy(node => _usage.Of(node.Name).Pods).ThenBy(node => node.Name, StringComparer.Ordinal).FirstOrDefault();
        if (best is null)
            return Refuse(pod, Explain(nodes.Count, refusals.Values), LookAgain);
        Bind(pod, best);
        return null;
    }

    private static bool WantsNode(StoredObject pod) =>
        PodFacts.Of(pod) is { NodeName: null, IsActive: true }
        && (pod.Body.Text("spec", "schedulerName") ?? "default-scheduler") == "default-scheduler"
        && !pod.Body.Items("spec", "schedulingGates").Any();

    private string? MissingVolume(StoredObject pod)
    {
        foreach (var name in pod.Body.Items("spec", "volumes").Select(volume => volume.Text("persistentVolumeClaim", "claimName")).OfType<string>())
        {
            if (Plane.Index.Get(ResourceTypes.PersistentVolumeClaims, new ObjectName(pod.Namespace, name)) is not { } claim)
                return $"persistentvolumeclaim \"{name}\" not found";
            if (claim.Body.Text("status", "phase") != "Bound" && !VolumeBinding.WaitsForPod(Plane, claim))
                return "pod has unbound immediate PersistentVolumeClaims";
        }

        return null;
    }

    private void Bind(StoredObject pod, StoredObject node)
    {
        Plane.Change(pod, body =>
        {
            body.Child("spec")["nodeName"] = node.Name;
            SetScheduled(body, null);
        });
        _events.Action(pod, "Binding", "Normal", "Scheduled", $"Successfully assigned {pod.Namespace}/{pod.Name} to {node.Name}");
    }

    private TimeSpan Refuse(StoredObject pod, string why, TimeSpan later)
    {
        Plane.Change(pod, body => SetScheduled(body, why));
        _events.Action(pod, "Scheduling", "Warning", "FailedScheduling", why);
        return later;
    }

    private void SetScheduled(JsonObject body, string? why)
    {
        if (body.Condition("PodScheduled") is { } before && before.Text("message") == why && before.Text("status") == "False")
            return;
        body.RemoveCondition("PodScheduled");
        var condition = new JsonObject { ["type"] = "PodScheduled", ["status"] = why is null ? "True" : "False", ["lastProbeTime"] = null, ["lastTransitionTime"] = Plane.Now };
        if (why is not null)
            (condition["reason"], condition["message"]) = ("Unschedulable", why);
        if (body.Child("status")["conditions"] is not JsonArray conditions)
            body.Child("status")["conditions"] = conditions = [];
        conditions.Add(condition);
    }

    private static string Explain(int count, IEnumerable<IReadOnlyList<string>> refusals)
    {
        if (count == 0)
            return "no nodes available to schedule pods";
        var reasons = refusals.SelectMany(reason => reason).CountBy(reason => reason).Select(reason => $"{reason.Value} {reason.Key}").Order(StringComparer.Ordinal).ToList();
        var helps = reasons.Exists(reason => reason.Contains("Insufficient", StringComparison.Ordinal) || reason.Contains("Too many pods", StringComparison.Ordinal));
        return $"0/{count} nodes are available: {string.Join(", ", reasons)}.{Preemption(count, helps)}";
    }

    private static string Preemption(int count, bool couldHelp) =>
        $" preemption: 0/{count} nodes are available: {count} {(couldHelp ? "No preemption victims found for incoming pod" : "Preemption is not helpful for scheduling")}.";
}
