using DifyUpgrade.Cluster;

namespace DifyUpgrade.Diagnosis;

/// <summary>Looks at a failure while it is fresh: keeps the evidence, names the causes.</summary>
/// <param name="access">The release.</param>
internal sealed class FailureDiagnosis(ReleaseAccess access)
{
    // Looking at what went wrong must not itself hang on a cluster that is gone.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LimitOfInterrupt = TimeSpan.FromSeconds(10);

    /// <summary>Explains a failure.</summary>
    /// <param name="failure">What the stage ended with.</param>
    /// <param name="helmSaid">What helm said, if it was helm that failed.</param>
    /// <returns>The failure with its causes first, short enough for a screen.</returns>
    public async Task<DeploymentException> ExplainAsync(DeploymentException failure, string? helmSaid)
    {
        using var limit = new CancellationTokenSource(Limit, access.Time);
        try
        {
            var evidence = await new EvidenceCollector(access).CollectAsync(helmSaid, limit.Token);
            var causes = KnownCauses.In(evidence);
            access.Journal.Add(causes);
            IReadOnlyList<Finding> findings = [.. causes.Select(cause => cause.ToFinding()), .. failure.Findings];
            var folder = new DiagnosisFolder(access);
            await folder.WriteAsync(evidence, new DeploymentException(failure.ExitCode, findings).Message, limit.Token);

            // A cause that is known says more than what the stage saw of it.
            return new DeploymentException(failure.ExitCode, ScreenText.Fit(causes.Count > 0 ? Unexplained(causes, failure) : failure.Findings, access.Parameters.Display(folder.Path) + "/"));
        }
        catch (Exception gone) when (gone is ClusterException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            access.Log.Warning("The evidence could not be kept: {Why:l}", gone.Message);
            return failure;
        }
    }

    /// <summary>Keeps the evidence of a run that somebody interrupted: what it was waiting for is often why.</summary>
    /// <returns>When kept, or when that cannot be done.</returns>
    public async Task KeepAsync()
    {
        // Whoever pressed Ctrl-C waits for the prompt.
        using var limit = new CancellationTokenSource(LimitOfInterrupt, access.Time);
        try
        {
            var evidence = await new EvidenceCollector(access).CollectAsync(null, limit.Token);
            var causes = KnownCauses.In(evidence);
            access.Journal.Add(causes);
            foreach (var cause in causes)
                access.Log.Warning("{Seen:l} ({Where:l}). {Remedy:l}", cause.Seen, cause.Where, cause.Remedy.ReplaceLineEndings("; "));
            var folder = new DiagnosisFolder(access);
            await folder.WriteAsync(evidence, string.Join('\n', causes.Select(cause => $"{cause.Seen}\n  where: {cause.Where}\n  next:  {cause.Remedy}").Prepend("The run was interrupted.")), limit.Token);
            access.Log.Information("Interrupted; what was seen until then is kept without secrets in {Folder:l}/", access.Parameters.Display(folder.Path));
        }
        catch (Exception gone) when (gone is ClusterException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            access.Log.Warning("The evidence could not be kept: {Why:l}", gone.Message);
        }
    }

    private static IReadOnlyList<Finding> Unexplained(IReadOnlyList<Cause> causes, DeploymentException failure) =>
    [
        .. causes.Select(cause => cause.ToFinding()),
        .. failure.Findings.Where(finding => !causes.Any(cause => finding.Where.Contains(cause.Where, StringComparison.Ordinal) || cause.Where.Contains(finding.Where, StringComparison.Ordinal))),
    ];
}
