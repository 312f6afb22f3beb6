namespace DifyUpgrade.Sandbox.Store;

/// <summary>The objects of one kind, by namespace, so that looking into one costs what is in it. Guarded by the store's lock.</summary>
internal sealed class ObjectTable
{
    private readonly SortedDictionary<string, SortedDictionary<string, StoredObject>> _spaces = new(StringComparer.Ordinal);

    /// <summary>An object.</summary>
    /// <returns>Null where there is none.</returns>
    public StoredObject? Find(string space, string name) => _spaces.TryGetValue(space, out var inside) ? inside.GetValueOrDefault(name) : null;

    /// <summary>The objects of a namespace, or of all for null, ordered by namespace and name.</summary>
    public IEnumerable<StoredObject> In(string? space) => space is null
        ? _spaces.Values.SelectMany(inside => inside.Values)
        : _spaces.TryGetValue(space, out var one) ? one.Values : Enumerable.Empty<StoredObject>();

    /// <summary>Takes an object in, in the place of its former version.</summary>
    public void Put(StoredObject item)
    {
        if (!_spaces.TryGetValue(item.Namespace, out var inside))
            _spaces[item.Namespace] = inside = new SortedDictionary<string, StoredObject>(StringComparer.Ordinal);
        inside[item.Name] = item;
    }

    /// <summary>Takes an object out.</summary>
    public void Remove(StoredObject item)
    {
        if (_spaces.TryGetValue(item.Namespace, out var inside) && inside.Remove(item.Name) && inside.Count == 0)
            _spaces.Remove(item.Namespace);
    }
}
