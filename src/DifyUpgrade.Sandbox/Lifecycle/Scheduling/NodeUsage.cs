using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Scheduling;

/// <summary>What the pods of each node take, kept in step with every change of a pod.</summary>
internal sealed class NodeUsage
{
    private readonly Dictionary<string, (string Node, PodDemand Demand)> _pods = [];
    private readonly Dictionary<string, (int Pods, decimal Cpu, decimal Memory)> _nodes = [];

    /// <summary>What a node's pods take.</summary>
    public (int Pods, decimal Cpu, decimal Memory) Of(string node) => _nodes.GetValueOrDefault(node);

    /// <summary>Takes a change of a pod in.</summary>
    /// <returns>Whether it made room on a node.</returns>
    public bool Take(StoreEvent change)
    {
        var pod = change.Object;
        var facts = PodFacts.Of(pod);
        var isThere = change.Kind != StoreEventKind.Deleted && facts is { NodeName: not null, HasEnded: false };
        if (isThere == _pods.ContainsKey(pod.Uid))
            return false;
        if (isThere)
        {
            var demand = PodDemand.Of(pod);
            _pods[pod.Uid] = (facts.NodeName!, demand);
            Add(facts.NodeName!, demand, 1);
            return false;
        }

        _pods.Remove(pod.Uid, out var left);
        Add(left.Node, left.Demand, -1);
        return true;
    }

    private void Add(string node, PodDemand demand, int sign)
    {
        var (pods, cpu, memory) = Of(node);
        _nodes[node] = (pods + sign, cpu + (sign * demand.Cpu), memory + (sign * demand.Memory));
    }
}
