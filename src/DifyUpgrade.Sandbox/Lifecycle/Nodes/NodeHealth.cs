using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle.Scheduling;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Nodes;

/// <summary>Writes what is known of a node's health: on the node, on its pods, and as taints.</summary>
/// <param name="plane">Where the nodes are.</param>
internal sealed class NodeHealth(ControlPlane plane)
{
    /// <summary>What <see cref="Moments"/> knows the time of a taint by.</summary>
    public const string Tainted = "tainted";

    private const string Unknown = "NodeStatusUnknown";

    private static readonly Condition[] Healthy =
    [
        new("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        new("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        new("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
        new("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
    ];

    private readonly EventSource _events = plane.Events.As("node-controller");

    /// <summary>Notes whether a node answers. What somebody else says about a node that answers is left alone.</summary>
    public StoredObject Judge(StoredObject node)
    {
        var isLost = plane.Faults.IsLost(node.Name);
        var wasLost = node.Body.Condition("Ready").Text("reason") == Unknown;
        if (isLost == wasLost)
            return node;
        var changed = plane.Change(node, body =>
        {
            foreach (var condition in Healthy)
            {
                body.SetCondition(isLost ? condition with { Status = "Unknown", Reason = Unknown, Message = "Kubelet stopped posting node status." } : condition, plane.Now, updated: false);
                body.Condition(condition.Type)!["lastHeartbeatTime"] = plane.Now;
            }
        });
        var state = isLost ? "NodeNotReady" : "NodeReady";
        _events.Normal(changed, state, $"Node {node.Name} status is now: {state}");
        if (isLost)
            MarkPods(node.Name);
        return changed;
    }

    /// <summary>Keeps a node's taints in step with its conditions.</summary>
    public StoredObject Taint(StoredObject node)
    {
        var wanted = node.Body.Condition("Ready").Text("status") switch
        {
            "Unknown" => Taints.Unreachable,
            "False" => Taints.NotReady,
            _ => null,
        };
        return plane.Change(node, body =>
        {
            var taints = body.At("spec", "taints") as JsonArray ?? [];
            taints.RemoveAll(taint => taint.Text("key") is Taints.Unreachable or Taints.NotReady && taint.Text("key") != wanted);
            if (wanted is not null && !taints.Any(taint => taint.Text("key") == wanted))
            {
                plane.Moments.Saw(node.Uid, Tainted, plane.Now);
                taints.Add(Taint(wanted, "NoSchedule"));
                taints.Add(Taint(wanted, "NoExecute"));
            }

            if (taints.Count == 0)
                body.Child("spec").Remove("taints");
            else if (taints.Parent is null)
                body.Child("spec")["taints"] = taints;
        });
    }

    private JsonObject Taint(string key, string effect) => new() { ["effect"] = effect, ["key"] = key, ["timeAdded"] = plane.Now };

    private void MarkPods(string node)
    {
        foreach (var pod in plane.Index.All(ResourceTypes.Pods).Where(pod => PodFacts.Of(pod) is { IsReady: true } facts && facts.NodeName == node).ToList())
        {
            plane.Change(pod, body =>
            {
                body.Condition("Ready")!["status"] = "False";
                body.Condition("Ready")!["lastTransitionTime"] = plane.Now;
            });
            _events.Warning(pod, "NodeNotReady", "Node is not ready");
        }
    }
}
