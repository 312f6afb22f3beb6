namespace DifyUpgrade.Helm;

/// <summary>A helm that was found and has answered.</summary>
/// <param name="Path">The executable, as an absolute path.</param>
/// <param name="Version">What it said its version is.</param>
/// <param name="FoundBy">Where it came from: one of the constants of <see cref="HelmLocator"/>.</param>
internal sealed record HelmTool(string Path, HelmVersion Version, string FoundBy);
