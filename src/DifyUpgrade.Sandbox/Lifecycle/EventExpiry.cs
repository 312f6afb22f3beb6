using System.Globalization;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>Forgets events an hour of real time after they last happened, as the API server's <c>--event-ttl</c> does.</summary>
internal sealed class EventExpiry(ControlPlane plane) : Controller(plane)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override IReadOnlyList<ResourceType> Follows { get; } = [ResourceTypes.Events];

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change) =>
        change.Kind == StoreEventKind.Deleted ? [] : [new ObjectName(change.Object.Namespace, change.Object.Name)];

    /// <inheritdoc/>
    public override TimeSpan? Reconcile(ObjectName name)
    {
        if (Plane.Index.Get(ResourceTypes.Events, name) is not { } stored)
            return null;
        var happened = stored.Body;
        var last = happened.Text("series", "lastObservedTime") ?? happened.Text("lastTimestamp") ?? happened.Text("metadata", "creationTimestamp")!;
        var left = DateTimeOffset.Parse(last, CultureInfo.InvariantCulture) + Kept - Plane.Time.Now;
        if (left > TimeSpan.Zero)
            return left * Plane.Time.Speed;
        Plane.Store.Remove(stored);
        return null;
    }
}
