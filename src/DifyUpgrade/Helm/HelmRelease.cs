namespace DifyUpgrade.Helm;

/// <summary>What helm renders or upgrades.</summary>
internal sealed record HelmRelease
{
    /// <summary>The release's name.</summary>
    public required string Name { get; init; }

    /// <summary>The release's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The chart: a folder, a packaged chart or a reference. Give folders as absolute paths.</summary>
    public required string Chart { get; init; }

    /// <summary>Values files in the order they are laid over each other: the last one wins.</summary>
    public required IReadOnlyList<string> ValuesFiles { get; init; }
}
