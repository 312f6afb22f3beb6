namespace DifyUpgrade.Helm;

/// <summary>How a release is upgraded.</summary>
internal sealed record UpgradeOptions
{
    /// <summary>Whether a release that does not exist is installed. Off, a misspelt name is an error.</summary>
    public required bool Install { get; init; }

    /// <summary>How long helm waits for the workloads.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>How many revisions helm keeps, 0 for all; null takes helm's default of 10.</summary>
    public int? HistoryMax { get; init; }

    /// <summary>What the history says about the revision; null takes helm's own words.</summary>
    public string? Description { get; init; }
}
