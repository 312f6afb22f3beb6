namespace DifyUpgrade.Sandbox.Store;

/// <summary>What happened to an object.</summary>
internal enum StoreEventKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It has another version.</summary>
    Modified,

    /// <summary>It is gone; the event carries its last version.</summary>
    Deleted,
}

/// <summary>One change of the store.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Object">The object as it is after it (a deleted one as it was last, under the version of its deletion).</param>
/// <param name="Previous">The object as it was before; null for a new one.</param>
internal sealed record StoreEvent(StoreEventKind Kind, StoredObject Object, StoredObject? Previous)
{
    /// <summary>The store's version that this change made.</summary>
    public long Version => Object.Version;
}
