namespace DifyUpgrade.Planning;

/// <summary>What a chart says of itself in Chart.yaml.</summary>
/// <param name="Name">The chart's name.</param>
/// <param name="Version">The chart's version.</param>
/// <param name="AppVersion">The version of what it installs; empty when it does not say.</param>
internal sealed record ChartDescription(string Name, string Version, string AppVersion);
