namespace DifyUpgrade.Cluster;

/// <summary>A ConfigMap as the cluster has it.</summary>
internal sealed record ConfigMapContent
{
    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Every key with its bytes, whether the cluster keeps it as data (UTF-8) or as binaryData.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The annotations.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>Whether the cluster will refuse any change.</summary>
    public required bool Immutable { get; init; }

    /// <summary>The version read.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>The object's identity; made up by the server in a dry run that would create it.</summary>
    public required string Uid { get; init; }
}

/// <summary>A ConfigMap as it is wanted.</summary>
internal sealed record ConfigMapWish
{
    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>All the keys it shall have: others go.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files { get; init; }

    /// <summary>Labels to set; others stay.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Annotations to set; others stay.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
