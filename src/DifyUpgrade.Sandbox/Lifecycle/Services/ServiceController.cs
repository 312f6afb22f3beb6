using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Services;

/// <summary>Keeps the Endpoints and EndpointSlices of Services in step with their pods.</summary>
internal sealed class ServiceController(ControlPlane plane) : Controller(plane)
{
    // A large list is not written anew for each of its pods: a second of real time for a thousand of them.
    private static readonly TimeSpan PauseForEach = TimeSpan.FromMilliseconds(1);
    private const int Small = 20;

    private readonly EndpointsWriter _endpoints = new(plane);
    private readonly EndpointSliceWriter _slices = new(plane);
    private readonly Dictionary<ObjectName, DateTimeOffset> _next = [];

    /// <inheritdoc/>
    public override IReadOnlyList<ResourceType> Follows { get; } = [ResourceTypes.Services, ResourceTypes.Pods, ResourceTypes.Endpoints, ResourceTypes.EndpointSlices];

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change)
    {
        var item = change.Object;
        if (item.Type == ResourceTypes.Services)
            return [new ObjectName(item.Namespace, item.Name)];
        if (item.Type == ResourceTypes.Pods)
            return IsNews(change) ? Plane.Index.In(ResourceTypes.Services, item.Namespace).Where(service => Picks(service, change)).Select(service => new ObjectName(service.Namespace, service.Name)) : [];
        if (change.Kind != StoreEventKind.Deleted)
            return [];
        return item.Type == ResourceTypes.Endpoints
            ? [new ObjectName(item.Namespace, item.Name)]
            : OwnerReference.NameOf(ResourceTypes.Services, item) is { } owner ? [owner] : [];
    }

    /// <inheritdoc/>
    public override TimeSpan? Reconcile(ObjectName name)
    {
        var service = Plane.Index.Get(ResourceTypes.Services, name);
        if (service is null)
            _endpoints.Remove(name);
        if (service?.Body.At("spec", "selector") is null || service.Body.Text("spec", "type") == "ExternalName")
            return null;
        var now = Plane.Time.Now;
        if (_next.TryGetValue(name, out var next) && next > now)
            return (next - now) * Plane.Time.Speed;
        var selector = LabelSelector.Of(service.Body.At("spec", "selector"));
        var pods = Plane.Index.In(ResourceTypes.Pods, name.Namespace)
            .Where(pod => PodFacts.Of(pod) is { Address: not null, HasEnded: false } && selector.Matches(pod.Body))
            .OrderBy(pod => pod.Name, StringComparer.Ordinal)
            .ToList();
        _endpoints.Write(service, pods);
        _slices.Write(service, pods);
        if (pods.Count > Small)
            _next[name] = now + (PauseForEach * pods.Count);
        else
            _next.Remove(name);
        return null;
    }

    private static bool Picks(StoredObject service, StoreEvent change)
    {
        if (service.Body.At("spec", "selector") is not { } wanted)
            return false;
        var selector = LabelSelector.Of(wanted);
        return selector.Matches(change.Object.Body) || (change.Previous is not null && selector.Matches(change.Previous.Body));
    }

    private static bool IsNews(StoreEvent change)
    {
        if (change is not { Kind: StoreEventKind.Modified, Previous: { } previous })
            return PodFacts.Of(change.Object).Address is not null;
        var (before, after) = (PodFacts.Of(previous), PodFacts.Of(change.Object));
        return before.Address != after.Address
            || before.IsReady != after.IsReady
            || before.IsTerminating != after.IsTerminating
            || before.HasEnded != after.HasEnded
            || !System.Text.Json.Nodes.JsonNode.DeepEquals(previous.Body.At("metadata", "labels"), change.Object.Body.At("metadata", "labels"));
    }
}
