using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>
/// Brings objects of a kind to what they say they should be. It looks at the object as it is now, not at what changed,
/// so that a change that was missed, came twice or came late makes no difference.
/// </summary>
/// <param name="plane">What all controllers share.</param>
internal abstract class Controller(ControlPlane plane)
{
    /// <summary>What all controllers share.</summary>
    protected ControlPlane Plane { get; } = plane;

    /// <summary>The kinds whose changes it wants to hear of.</summary>
    public abstract IReadOnlyList<ResourceType> Follows { get; }

    /// <summary>Its objects that a change may concern.</summary>
    public abstract IEnumerable<ObjectName> ConcernedBy(StoreEvent change);

    /// <summary>Its objects that another script of faults may concern.</summary>
    public virtual IEnumerable<ObjectName> ConcernedByFaults() => [];

    /// <summary>Brings an object one step nearer to what it should be.</summary>
    /// <returns>The pod time after which to look again though nothing changed; null for never.</returns>
    /// <exception cref="ApiException">The store refused a write; the loop tries again.</exception>
    public abstract TimeSpan? Reconcile(ObjectName name);
}
