namespace DifyUpgrade.Cluster;

/// <summary>What happened to an object.</summary>
internal enum ChangeKind
{
    /// <summary>It was there when the watch began.</summary>
    Listed,

    /// <summary>It came.</summary>
    Added,

    /// <summary>It changed.</summary>
    Modified,

    /// <summary>It is gone, or no longer matches the selector.</summary>
    Deleted,
}

/// <summary>A change that a watch saw.</summary>
/// <typeparam name="T">What is watched.</typeparam>
/// <param name="Kind">What happened.</param>
/// <param name="Item">The object after the change; for a deletion its last known state.</param>
internal sealed record Change<T>(ChangeKind Kind, T Item);
