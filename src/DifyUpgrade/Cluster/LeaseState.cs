namespace DifyUpgrade.Cluster;

/// <summary>A Lease as it was read, or as it is wanted.</summary>
internal sealed record LeaseState
{
    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Who holds it; empty when nobody does.</summary>
    public required string Holder { get; init; }

    /// <summary>How long it counts after <see cref="RenewedAt"/>.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Since when the holder has it, by the holder's clock.</summary>
    public DateTimeOffset? AcquiredAt { get; init; }

    /// <summary>When the holder last said that it lives, by the holder's clock.</summary>
    public DateTimeOffset? RenewedAt { get; init; }

    /// <summary>What the holder says about itself.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>The version that was read; null for one that does not exist yet.</summary>
    public string? Version { get; init; }
}
