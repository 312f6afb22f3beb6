using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.ReplicaSets;

/// <summary>Keeps as many pods of a ReplicaSet as it wants.</summary>
internal sealed class ReplicaSetController(ControlPlane plane) : Controller(plane)
{
    // More in one go would leave no time for what else there is to do.
    private const int Burst = 500;

    private readonly Claiming _claiming = new(plane);
    private readonly PodCreation _creation = new(plane);
    private readonly EventSource _events = plane.Events.As("replicaset-controller");

    /// <inheritdoc/>
    public override IReadOnlyList<ResourceType> Follows { get; } = [ResourceTypes.ReplicaSets, ResourceTypes.Pods];

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change)
    {
        var item = change.Object;
        if (item.Type == ResourceTypes.ReplicaSets)
            return [new ObjectName(item.Namespace, item.Name)];
        if (OwnerReference.NameOf(ResourceTypes.ReplicaSets, item) is { } owner)
            return [owner];
        return OwnerReference.Controller(item.Body) is null && change.Kind != StoreEventKind.Deleted
            ? Claiming.Adopters(Plane, ResourceTypes.ReplicaSets, item)
            : [];
    }

    /// <inheritdoc/>
    public override TimeSpan? Reconcile(ObjectName name)
    {
        if (Plane.Index.Get(ResourceTypes.ReplicaSets, name) is not { } set)
            return null;
        var pods = _claiming.Claim(set, ResourceTypes.Pods).Where(pod => PodFacts.Of(pod).IsActive).ToList();
        ApiException? refusal = null;
        var missing = (int)(set.Body.Number("spec", "replicas") ?? 1) - pods.Count;
        if (!set.IsTerminating && missing > 0)
            refusal = Create(set, Math.Min(missing, Burst));
        else if (!set.IsTerminating && missing < 0)
            Delete(set, pods, Math.Min(-missing, Burst));
        var later = new ReplicaSetStatus(Plane).Write(set, pods, refusal, missing);
        if (refusal is not null)
            throw refusal;
        return later;
    }

    // A quota that lets one through may not let a hundred through; one refusal is enough.
    private ApiException? Create(StoredObject set, int count)
    {
        try
        {
            for (; count > 0; count--)
                _events.Normal(set, "SuccessfulCreate", $"Created pod: {_creation.Create(set, set.Body.At("spec", "template")).Name}");
            return null;
        }
        catch (ApiException refusal)
        {
            _events.Warning(set, "FailedCreate", $"Error creating: {refusal.Message}");
            return refusal;
        }
    }

    private void Delete(StoredObject set, List<StoredObject> pods, int count)
    {
        if (count < pods.Count)
            pods.Sort(new PodRanking(Plane.Time.Now, Neighbours(set)));
        foreach (var pod in pods.Take(count))
        {
            Plane.Deletion.Begin(pod);
            _events.Normal(set, "SuccessfulDelete", $"Deleted pod: {pod.Name}");
        }
    }

    private Func<string, int> Neighbours(StoredObject set)
    {
        var owner = OwnerReference.Controller(set.Body).Text("uid");
        var related = owner is null ? [set] : Plane.Index.OwnedBy(owner).Where(item => item.Type == ResourceTypes.ReplicaSets);
        var counts = related.SelectMany(item => Plane.Index.Controlled(ResourceTypes.Pods, item))
            .Select(PodFacts.Of)
            .Where(pod => pod.IsActive && pod.NodeName is not null)
            .CountBy(pod => pod.NodeName!)
            .ToDictionary();
        return node => counts.GetValueOrDefault(node);
    }
}
