using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>
/// The objects as the controllers have seen them, found by name, namespace or owner without going through all. Only the
/// loop's thread touches it.
/// </summary>
internal sealed class ObjectIndex
{
    private static readonly IReadOnlyDictionary<string, StoredObject> None = new Dictionary<string, StoredObject>();
    private readonly Dictionary<(ResourceType Type, string Namespace), Dictionary<string, StoredObject>> _byNamespace = [];
    private readonly Dictionary<string, Dictionary<string, StoredObject>> _byOwner = [];
    private readonly Dictionary<string, StoredObject> _byUid = [];
    private readonly Dictionary<(ResourceType Type, string Namespace), Dictionary<string, StoredObject>> _orphans = [];

    /// <summary>An object.</summary>
    /// <returns>Null where there is none.</returns>
    public StoredObject? Get(ResourceType type, ObjectName name) =>
        _byNamespace.TryGetValue((type, name.Namespace), out var inside) ? inside.GetValueOrDefault(name.Name) : null;

    /// <summary>An object by its uid.</summary>
    /// <returns>Null where there is none.</returns>
    public StoredObject? Get(string uid) => _byUid.GetValueOrDefault(uid);

    /// <summary>The objects of a kind in a namespace, in no order.</summary>
    public IReadOnlyCollection<StoredObject> In(ResourceType type, string space) =>
        _byNamespace.TryGetValue((type, space), out var inside) ? inside.Values : (IReadOnlyCollection<StoredObject>)None.Values;

    /// <summary>The objects of a kind in all namespaces, in no order.</summary>
    public IEnumerable<StoredObject> All(ResourceType type) =>
        _byNamespace.Where(entry => entry.Key.Type == type).SelectMany(entry => entry.Value.Values);

    /// <summary>The objects of all kinds in a namespace.</summary>
    public IEnumerable<StoredObject> In(string space) => ResourceTypes.All.Where(type => type.Namespaced).SelectMany(type => In(type, space));

    /// <summary>The objects of all kinds with an owner reference to a uid, whether it controls them or not.</summary>
    public IReadOnlyCollection<StoredObject> OwnedBy(string uid) =>
        _byOwner.TryGetValue(uid, out var owned) ? owned.Values : (IReadOnlyCollection<StoredObject>)None.Values;

    /// <summary>The pods, ReplicaSets or ControllerRevisions in a namespace that nothing controls.</summary>
    public IReadOnlyCollection<StoredObject> Orphans(ResourceType type, string space) =>
        _orphans.TryGetValue((type, space), out var inside) ? inside.Values : (IReadOnlyCollection<StoredObject>)None.Values;

    /// <summary>Takes a change in.</summary>
    /// <returns>False for one that is older than what is known.</returns>
    public bool Take(StoreEvent change)
    {
        var known = Get(change.Object.Type, new ObjectName(change.Object.Namespace, change.Object.Name));
        if (known?.Version >= change.Version)
            return false;
        if (known is not null)
            Forget(known);
        if (change.Kind != StoreEventKind.Deleted)
            Keep(change.Object);
        return true;
    }

    private void Keep(StoredObject item)
    {
        Inside(_byNamespace, (item.Type, item.Namespace))[item.Name] = item;
        _byUid[item.Uid] = item;
        if (CouldBeAdopted(item))
            Inside(_orphans, (item.Type, item.Namespace))[item.Name] = item;
        foreach (var owner in Owners(item.Body))
            Inside(_byOwner, owner)[item.Uid] = item;
    }

    private void Forget(StoredObject item)
    {
        Leave(_byNamespace, (item.Type, item.Namespace), item.Name);
        _byUid.Remove(item.Uid);
        if (CouldBeAdopted(item))
            Leave(_orphans, (item.Type, item.Namespace), item.Name);
        foreach (var owner in Owners(item.Body))
            Leave(_byOwner, owner, item.Uid);
    }

    private static bool CouldBeAdopted(StoredObject item) =>
        (item.Type == ResourceTypes.Pods || item.Type == ResourceTypes.ReplicaSets || item.Type == ResourceTypes.ControllerRevisions)
        && OwnerReference.Controller(item.Body) is null;

    private static IEnumerable<string> Owners(JsonObject body) =>
        body.Items("metadata", "ownerReferences").Select(owner => owner.Text("uid")).OfType<string>();

    private static Dictionary<string, StoredObject> Inside<TKey>(Dictionary<TKey, Dictionary<string, StoredObject>> index, TKey key)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var inside))
            index[key] = inside = new Dictionary<string, StoredObject>(StringComparer.Ordinal);
        return inside;
    }

    private static void Leave<TKey>(Dictionary<TKey, Dictionary<string, StoredObject>> index, TKey key, string name)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out var inside) && inside.Remove(name) && inside.Count == 0)
            index.Remove(key);
    }
}
