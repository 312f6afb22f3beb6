namespace DifyUpgrade.Parameters;

/// <summary>What a run was given, checked and typed. Nothing has been read from disk or from the cluster.</summary>
internal sealed record DeploymentParameters
{
    /// <summary>How long a repair waits for the lock if nothing else was said: what a run that died holds up frees itself in half of it.</summary>
    public static TimeSpan RepairPatience { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The repository root, absolute.</summary>
    public required string RootFolder { get; init; }

    /// <summary>The helm release.</summary>
    public required string Release { get; init; }

    /// <summary>The release's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The chart folder, absolute.</summary>
    public required string Chart { get; init; }

    /// <summary>The values files, absolute; a later one wins.</summary>
    public required IReadOnlyList<string> ValuesFiles { get; init; }

    /// <summary>The prompt files, each with the ConfigMap key it becomes.</summary>
    public required IReadOnlyList<PromptFileArgument> PromptFiles { get; init; }

    /// <summary>The ConfigMap that the prompt files live in.</summary>
    public required string ConfigMapName { get; init; }

    /// <summary>How long a rollout may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>How long to wait for another run that works on the release.</summary>
    public TimeSpan WaitForLock { get; init; }

    /// <summary>How long something may stand in a rollout's way that will not heal.</summary>
    public required TimeSpan FailureGrace { get; init; }

    /// <summary>For how many seconds a workload may have fewer ready pods than promised; null for any time.</summary>
    public required double? MaxUnavailableSeconds { get; init; }

    /// <summary>A URL to request through every rollout; null for none.</summary>
    public required Uri? ProbeUrl { get; init; }

    /// <summary>Whether a mounted file that could not be read back is let pass.</summary>
    public required bool AllowUnchecked { get; init; }

    /// <summary>The kubeconfig file or path list; null leaves it to KUBECONFIG.</summary>
    public required string? Kubeconfig { get; init; }

    /// <summary>The kubeconfig context; null takes the current one.</summary>
    public required string? KubeContext { get; init; }

    /// <summary>The helm program; null looks for one.</summary>
    public required string? Helm { get; init; }

    /// <summary>The revision to roll back to; null takes the last good one.</summary>
    public required int? Revision { get; init; }

    /// <summary>Whether an upgrade first marks a revision failed that a killed helm left pending.</summary>
    public bool Repair { get; init; }

    /// <summary>Whether an upgrade that fails is rolled back.</summary>
    public bool RollbackOnFailure { get; init; }

    /// <summary>Whether a release that does not exist yet is installed.</summary>
    public required bool Install { get; init; }

    /// <summary>What happens when the ConfigMap is not what the prompt files say.</summary>
    public required ConfigMapDrift ConfigMapDrift { get; init; }

    /// <summary>Whether the new image itself is asked what it imports from the prompt files.</summary>
    public required bool ProbeImage { get; init; }

    /// <summary>A path as a person would type it: relative to the root where it lies below it.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>The shorter form.</returns>
    public string Display(string path)
    {
        var relative = Path.GetRelativePath(RootFolder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
    }
}
