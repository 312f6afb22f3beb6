using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Store;

/// <summary>
/// Every object of the cluster in its newest version, and the latest changes. One version counter for all, as etcd has
/// it. What it does not do: defaulting, validation, field ownership, graceful deletion; callers hand it final objects.
/// </summary>
/// <param name="time">Stamps creation.</param>
/// <param name="historyLimit">How many changes are remembered before the oldest are compacted away.</param>
internal sealed class ObjectStore(TimeProvider time, int historyLimit = 5_000)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ResourceType, ObjectTable> _objects = ResourceTypes.All.ToDictionary(type => type, _ => new ObjectTable());
    private readonly ChangeHistory _history = new(historyLimit);
    private long _version = 1;

    /// <summary>The version of the newest change.</summary>
    public long Version
    {
        get
        {
            lock (_gate)
                return _version;
        }
    }

    /// <summary>An object in its newest version.</summary>
    /// <returns>Null where there is none.</returns>
    public StoredObject? Get(ResourceType type, string space, string name)
    {
        lock (_gate)
            return _objects[type].Find(space, name);
    }

    /// <summary>Objects of a kind, ordered by namespace and name, with the version they are a snapshot of.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="space">The namespace; null for all.</param>
    public (IReadOnlyList<StoredObject> Items, long Version) List(ResourceType type, string? space)
    {
        lock (_gate)
            return ([.. _objects[type].In(space)], _version);
    }

    /// <summary>Stores a new object. Gives it uid, creation time and version; the rest is as handed in.</summary>
    /// <exception cref="ApiException">There is one of that name already.</exception>
    public StoredObject Create(ResourceType type, JsonObject body)
    {
        lock (_gate)
        {
            var metadata = body.Child("metadata");
            var name = metadata.Text("name")!;
            if (_objects[type].Find(body.Text("metadata", "namespace") ?? "", name) is not null)
                throw ApiException.AlreadyExists(type, name);
            metadata["uid"] ??= Guid.NewGuid().ToString();
            metadata["creationTimestamp"] ??= Timestamp.Of(time.GetUtcNow());
            return Commit(StoreEventKind.Added, type, body, null);
        }
    }

    /// <summary>Stores another version of an object.</summary>
    /// <param name="current">The version that was read; another one in the store is a conflict.</param>
    /// <param name="body">The whole object.</param>
    /// <returns>The stored version; the current one where nothing differs, as the real server does.</returns>
    /// <exception cref="ApiException">It changed or went meanwhile.</exception>
    public StoredObject Replace(StoredObject current, JsonObject body)
    {
        lock (_gate)
        {
            MustBeCurrent(current);
            body.Child("metadata")["resourceVersion"] = current.Body.Text("metadata", "resourceVersion");
            return JsonNode.DeepEquals(body, current.Body) ? current : Commit(StoreEventKind.Modified, current.Type, body, current);
        }
    }

    /// <summary>Takes an object out.</summary>
    /// <param name="current">The version that was read; another one in the store is a conflict.</param>
    /// <exception cref="ApiException">It changed or went meanwhile.</exception>
    public StoredObject Remove(StoredObject current)
    {
        lock (_gate)
        {
            MustBeCurrent(current);
            return Commit(StoreEventKind.Deleted, current.Type, (JsonObject)current.Body.DeepClone(), current);
        }
    }

    /// <summary>Follows the changes of a kind after a version.</summary>
    /// <param name="type">The kind; null for all kinds.</param>
    /// <param name="after">The version from which on changes are wanted; that of a list, or of the last change seen.</param>
    /// <param name="space">The namespace; null for all.</param>
    /// <returns>To be read, and disposed of in the end.</returns>
    /// <exception cref="ApiException">Changes after that version are compacted away (410).</exception>
    public Subscription Watch(ResourceType? type, long after, string? space = null)
    {
        lock (_gate)
            return _history.Subscribe(type, space, after, _version);
    }

    /// <summary>Refuses a version whose later changes are not remembered any more.</summary>
    /// <exception cref="ApiException">They are compacted away (410).</exception>
    public void CheckRemembered(long version)
    {
        lock (_gate)
            _history.CheckRemembered(version, _version);
    }

    /// <summary>Forgets the remembered changes, so that a watch from before now answers 410.</summary>
    public void Compact()
    {
        lock (_gate)
            _history.Compact(_version);
    }

    /// <summary>Takes over everything a former process had stored.</summary>
    /// <param name="objects">The objects, with their metadata.</param>
    /// <param name="version">The version counter to go on from.</param>
    public void Load(IEnumerable<(ResourceType Type, JsonObject Body)> objects, long version)
    {
        lock (_gate)
        {
            foreach (var (type, body) in objects)
            {
                Identify(type, body);
                var stored = new StoredObject(type, body, long.Parse(body.Text("metadata", "resourceVersion")!));
                _objects[type].Put(stored);
            }

            _version = version;
            _history.Compact(_version);
        }
    }

    private void MustBeCurrent(StoredObject read)
    {
        var stored = _objects[read.Type].Find(read.Namespace, read.Name) ?? throw ApiException.NotFound(read.Type, read.Name);
        if (stored.Version != read.Version)
            throw ApiException.Conflict(read.Type, read.Name, "the object has been modified; please apply your changes to the latest version and try again");
    }

    private StoredObject Commit(StoreEventKind kind, ResourceType type, JsonObject body, StoredObject? previous)
    {
        Identify(type, body);
        body.Child("metadata")["resourceVersion"] = (++_version).ToString();
        var stored = new StoredObject(type, body, _version);
        if (kind == StoreEventKind.Deleted)
            _objects[type].Remove(stored);
        else
            _objects[type].Put(stored);
        _history.Add(new StoreEvent(kind, stored, previous));
        return stored;
    }

    // Every object begins with its kind, as the real server writes it; lists rely on it.
    private static void Identify(ResourceType type, JsonObject body)
    {
        if (body.GetAt(0) is { Key: "kind" } && body.Text("kind") == type.Kind && body.GetAt(1) is { Key: "apiVersion" } && body.Text("apiVersion") == type.ApiVersion)
            return;
        body.Remove("kind");
        body.Remove("apiVersion");
        body.Insert(0, "kind", type.Kind);
        body.Insert(1, "apiVersion", type.ApiVersion);
    }
}
