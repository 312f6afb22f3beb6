namespace DifyUpgrade.Sandbox.Store;

/// <summary>The latest changes, and who follows them. Guarded by the store's lock.</summary>
/// <param name="limit">How many changes are remembered; from twice as many on, the older half is forgotten.</param>
internal sealed class ChangeHistory(int limit)
{
    private readonly List<StoreEvent> _changes = [];
    private readonly List<Subscription> _toAll = [];
    private readonly Dictionary<ResourceType, List<Subscription>> _toKind = [];
    private long _compactedAt;

    /// <summary>Remembers a change and tells everybody who follows its kind.</summary>
    public void Add(StoreEvent change)
    {
        _changes.Add(change);
        if (_changes.Count >= 2 * limit)
            Compact(_changes[limit - 1].Version);
        Tell(_toAll, change);
        if (_toKind.TryGetValue(change.Object.Type, out var followers))
            Tell(followers, change);
    }

    /// <summary>Forgets the changes up to a version.</summary>
    public void Compact(long version)
    {
        _changes.RemoveAll(change => change.Version <= version);
        _compactedAt = version;
    }

    /// <summary>Refuses a version whose later changes are forgotten.</summary>
    public void CheckRemembered(long version, long newest)
    {
        if (version < _compactedAt && version < newest)
            throw ApiException.Expired($"too old resource version: {version} ({_compactedAt})");
    }

    /// <summary>Starts with the remembered changes after a version, then goes on with new ones.</summary>
    public Subscription Subscribe(ResourceType? type, string? space, long after, long newest)
    {
        CheckRemembered(after, newest);
        var subscription = new Subscription(type, space);
        foreach (var change in _changes.Skip(FirstAfter(after)))
            subscription.Take(change);
        var followers = Followers(type);
        followers.RemoveAll(follower => follower.IsOver);
        followers.Add(subscription);
        return subscription;
    }

    // Who follows another kind costs nothing.
    private List<Subscription> Followers(ResourceType? type)
    {
        if (type is null)
            return _toAll;
        if (!_toKind.TryGetValue(type, out var followers))
            _toKind[type] = followers = [];
        return followers;
    }

    private static void Tell(List<Subscription> followers, StoreEvent change)
    {
        followers.RemoveAll(subscription => subscription.IsOver);
        foreach (var subscription in followers)
            subscription.Take(change);
    }

    private int FirstAfter(long version)
    {
        var (low, high) = (0, _changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _changes[middle].Version <= version ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
