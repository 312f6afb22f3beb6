namespace DifyUpgrade.Sandbox.Store;

/// <summary>The latest changes, and who follows them. Guarded by the store's lock.</summary>
/// <param name="limit">How many changes are remembered; from twice as many on, the older half is forgotten.</param>
internal sealed class ChangeHistory(int limit)
{
    private readonly List<StoreEvent> _changes = [];
    private readonly List<Subscription> _subscriptions = [];
    private long _compactedAt;

    /// <summary>Remembers a change and tells everybody who follows its kind.</summary>
    public void Add(StoreEvent change)
    {
        _changes.Add(change);
        if (_changes.Count >= 2 * limit)
            Compact(_changes[limit - 1].Version);
        _subscriptions.RemoveAll(subscription => !subscription.Take(change));
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
    public Subscription Subscribe(ResourceType? type, long after, long newest)
    {
        CheckRemembered(after, newest);
        var subscription = new Subscription(type);
        foreach (var change in _changes.Skip(FirstAfter(after)))
            subscription.Take(change);
        _subscriptions.Add(subscription);
        return subscription;
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
