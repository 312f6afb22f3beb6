namespace DifyUpgrade.Helm;

/// <summary>What a release is rolled back to.</summary>
internal sealed record HelmRollback
{
    /// <summary>The release's name.</summary>
    public required string Name { get; init; }

    /// <summary>The release's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The revision to go back to; there is no default, as helm's own (current - 1) may be one that failed.</summary>
    public required int Revision { get; init; }

    /// <summary>How long helm waits for the workloads.</summary>
    public required TimeSpan Timeout { get; init; }
}
