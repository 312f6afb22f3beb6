namespace DifyUpgrade.Parameters;

/// <summary>What a run was given, as typed: nothing is checked yet. Relative paths count from <see cref="RootFolder"/>.</summary>
public sealed record DeploymentInputs
{
    /// <summary>The repository root, absolute.</summary>
    public required string RootFolder { get; init; }

    /// <summary>The helm release.</summary>
    public required string Release { get; init; }

    /// <summary>The release's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The chart folder.</summary>
    public required string Chart { get; init; }

    /// <summary>The values files; a later one wins over an earlier one, as with helm.</summary>
    public required IReadOnlyList<string> ValuesFiles { get; init; }

    /// <summary>The prompt files, as <c>key=path</c> or <c>path</c>, as with kubectl's <c>--from-file</c>.</summary>
    public required IReadOnlyList<string> PromptFiles { get; init; }

    /// <summary>The ConfigMap that the prompt files live in.</summary>
    public required string ConfigMapName { get; init; }

    /// <summary>How long a rollout may take, as helm writes durations: <c>90s</c>, <c>10m</c>, <c>1h30m</c>.</summary>
    public required string Timeout { get; init; }

    /// <summary>How long to wait for another run that works on the release, as helm writes durations; null does not wait.</summary>
    public string? WaitForLock { get; init; }

    /// <summary>How long something may stand in a rollout's way that will not heal, written as <see cref="Timeout"/>.</summary>
    public string FailureGrace { get; init; } = "10s";

    /// <summary>For how many seconds a workload may have fewer ready pods than promised; null for any time.</summary>
    public double? MaxUnavailableSeconds { get; init; }

    /// <summary>A URL to request through every rollout; null for none.</summary>
    public string? ProbeAddress { get; init; }

    /// <summary>Whether a mounted file that could not be read back is let pass.</summary>
    public bool AllowUnchecked { get; init; }

    /// <summary>The kubeconfig file, or a path list; null leaves it to KUBECONFIG, as with kubectl.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The kubeconfig context; null takes the current one.</summary>
    public string? KubeContext { get; init; }

    /// <summary>The helm program; null looks for one.</summary>
    public string? Helm { get; init; }

    /// <summary>The revision to roll back to; null takes the last good one.</summary>
    public int? Revision { get; init; }

    /// <summary>The prompts revision that <c>RefreshPrompts</c> brings back in place of the local files; null for the local files.</summary>
    public int? PromptsRevision { get; init; }

    /// <summary>Whether <c>Upgrade</c> first marks a revision failed that a killed helm left pending.</summary>
    public bool Repair { get; init; }

    /// <summary>Whether an upgrade that fails is rolled back.</summary>
    public bool RollbackOnFailure { get; init; }

    /// <summary>Whether this is a rehearsal in a sandbox, where example values stand in for a secret values file that is missing.</summary>
    public bool Rehearsal { get; init; }

    /// <summary>Whether a release that does not exist yet is installed.</summary>
    public bool Install { get; init; }

    /// <summary>What happens when the ConfigMap is not what the prompt files say.</summary>
    public ConfigMapDrift ConfigMapDrift { get; init; }

    /// <summary>Whether the new image itself is asked what it imports from the prompt files.</summary>
    public bool ProbeImage { get; init; }

    /// <summary>The Dify version that <c>NewPrompts</c> writes for, and that <c>UpdatePromptContract</c> describes.</summary>
    public string? DifyVersion { get; init; }

    /// <summary>The file that <c>NewPrompts</c> writes; null derives it from the version.</summary>
    public string? NewPromptsFile { get; init; }

    /// <summary>The checkout of Dify that <c>UpdatePromptContract</c> reads.</summary>
    public string? DifyCheckout { get; init; }

    /// <summary>The image that <c>UpdatePromptContract</c> asks in the cluster.</summary>
    public string? DifyImage { get; init; }

    /// <summary>The targets that are still to run after the first, by name: their rights are asked for together.</summary>
    public IReadOnlyList<string> FollowingTargets { get; init; } = [];
}
