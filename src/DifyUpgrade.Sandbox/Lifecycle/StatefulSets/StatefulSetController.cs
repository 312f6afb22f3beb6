using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.StatefulSets;

/// <summary>Runs the numbered pods of StatefulSets, in order unless it is told to do without.</summary>
internal sealed class StatefulSetController(ControlPlane plane) : Controller(plane)
{
    private readonly Claiming _claiming = new(plane);
    private readonly RevisionHistory _history = new(plane);

    /// <inheritdoc/>
    public override IReadOnlyList<ResourceType> Follows { get; } = [ResourceTypes.StatefulSets, ResourceTypes.Pods, ResourceTypes.ControllerRevisions];

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change)
    {
        var item = change.Object;
        if (item.Type == ResourceTypes.StatefulSets)
            return [new ObjectName(item.Namespace, item.Name)];
        if (OwnerReference.NameOf(ResourceTypes.StatefulSets, item) is { } owner)
            return [owner];
        return item.Type == ResourceTypes.Pods && OwnerReference.Controller(item.Body) is null && change.Kind != StoreEventKind.Deleted
            ? Claiming.Adopters(Plane, ResourceTypes.StatefulSets, item)
            : [];
    }

    /// <inheritdoc/>
    public override TimeSpan? Reconcile(ObjectName name)
    {
        if (Plane.Index.Get(ResourceTypes.StatefulSets, name) is not { } set)
            return null;
        var update = _history.Current(set);
        var current = _history.Of(set).FirstOrDefault(revision => revision.Name == set.Body.Text("status", "currentRevision")) ?? update;
        var replicas = new StatefulReplicas(Plane, set, current, update, _claiming.Claim(set, ResourceTypes.Pods));
        if (!set.IsTerminating)
            new StatefulRollout(Plane, replicas).Step();
        var later = new StatefulStatus(Plane, replicas).Write();
        _history.CleanUp(set, replicas.Pods.Select(pod => PodFacts.Of(pod).RevisionHash).Append(current.Name).Append(update.Name).OfType<string>().ToHashSet());
        return later;
    }
}
