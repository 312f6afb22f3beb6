namespace DifyUpgrade.Helm;

/// <summary>Where to look for helm.</summary>
internal sealed record HelmSearch
{
    /// <summary>What <c>--helm</c> gave, relative to <see cref="RootFolder"/>; null when it was not given.</summary>
    public required string? Explicit { get; init; }

    /// <summary>Where a downloaded helm is kept, relative to <see cref="RootFolder"/>.</summary>
    public required string ToolsFolder { get; init; }

    /// <summary>The repository's root, as an absolute path.</summary>
    public required string RootFolder { get; init; }

    /// <summary>The folders searched for helm and npm, as in the PATH variable.</summary>
    public string SearchPath { get; init; } = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;

    /// <summary>What is downloaded when there is no helm anywhere; null where no package fits the machine.</summary>
    public HelmPackage? Package { get; init; } = HelmPackage.ForThisMachine;
}
