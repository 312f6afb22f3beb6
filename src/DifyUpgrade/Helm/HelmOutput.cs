namespace DifyUpgrade.Helm;

/// <summary>What a helm that succeeded wrote.</summary>
/// <param name="StandardOutput">stdout as it was, unredacted; empty unless it was asked for.</param>
/// <param name="Warnings">The redacted lines of stderr, without the kubeconfig permission warnings.</param>
internal sealed record HelmOutput(string StandardOutput, IReadOnlyList<string> Warnings);
