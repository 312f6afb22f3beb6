using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>Keeps what a workload controls in step with what its selector picks.</summary>
/// <param name="plane">Where the objects are.</param>
internal sealed class Claiming(ControlPlane plane)
{
    /// <summary>What a workload controls, after it adopted what nobody controls and released what it does not pick any more.</summary>
    /// <param name="owner">The workload.</param>
    /// <param name="type">The kind of what it controls.</param>
    /// <exception cref="ApiException">Something changed meanwhile.</exception>
    public IReadOnlyList<StoredObject> Claim(StoredObject owner, ResourceType type)
    {
        var selector = LabelSelector.Of(owner.Body.At("spec", "selector"));
        List<StoredObject> claimed = [];
        foreach (var item in plane.Index.Controlled(type, owner).ToList())
        {
            if (selector.Matches(item.Body))
                claimed.Add(item);
            else if (!owner.IsTerminating)
                plane.Change(item, body => OwnerReference.Remove(body, owner.Uid));
        }

        if (!owner.IsTerminating)
            claimed.AddRange(Orphans(owner, type, selector).ToList().Select(item => plane.Change(item, body => OwnerReference.Add(body, owner))));
        return claimed;
    }

    /// <summary>The workloads of a kind that could adopt an object which nobody controls.</summary>
    public static IEnumerable<ObjectName> Adopters(ControlPlane plane, ResourceType type, StoredObject orphan) =>
        plane.Index.In(type, orphan.Namespace)
            .Where(owner => LabelSelector.Of(owner.Body.At("spec", "selector")).Matches(orphan.Body))
            .Select(owner => new ObjectName(owner.Namespace, owner.Name));

    private IEnumerable<StoredObject> Orphans(StoredObject owner, ResourceType type, LabelSelector selector) =>
        plane.Index.Orphans(type, owner.Namespace).Where(item => !item.IsTerminating && selector.Matches(item.Body) && !(item.Type == ResourceTypes.Pods && PodFacts.Of(item).HasEnded));
}
