using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.DaemonSets;

/// <summary>Keeps one pod of a DaemonSet on each node that takes it.</summary>
internal sealed class DaemonSetController(ControlPlane plane) : Controller(plane)
{
    private readonly Claiming _claiming = new(plane);
    private readonly RevisionHistory _history = new(plane);

    /// <inheritdoc/>
    public override IReadOnlyList<ResourceType> Follows { get; } =
        [ResourceTypes.DaemonSets, ResourceTypes.Pods, ResourceTypes.Nodes, ResourceTypes.ControllerRevisions];

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change)
    {
        var item = change.Object;
        if (item.Type == ResourceTypes.DaemonSets)
            return [new ObjectName(item.Namespace, item.Name)];
        if (item.Type == ResourceTypes.Nodes)
            return [.. Plane.Index.All(ResourceTypes.DaemonSets).Select(set => new ObjectName(set.Namespace, set.Name))];
        return OwnerReference.NameOf(ResourceTypes.DaemonSets, item) is { } owner ? [owner] : [];
    }

    /// <inheritdoc/>
    public override TimeSpan? Reconcile(ObjectName name)
    {
        if (Plane.Index.Get(ResourceTypes.DaemonSets, name) is not { } set)
            return null;
        var revision = _history.Current(set);
        set = Plane.Change(set, body => body.Child("metadata").Child("annotations")[DaemonPods.Generation] = revision.Body.At("revision")?.ToString());
        var rollout = new DaemonRollout(Plane, set, new DaemonPods(Plane, set, revision), _claiming.Claim(set, ResourceTypes.Pods));
        if (!set.IsTerminating)
            rollout.Step();
        var later = rollout.WriteStatus();
        _history.CleanUp(set, rollout.RevisionsInUse.Append(revision.Name).ToHashSet());
        return later;
    }
}
