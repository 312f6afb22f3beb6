using DifyUpgrade.Cluster;
using DifyUpgrade.Helm;
using DifyUpgrade.Releases.Snapshots;

namespace DifyUpgrade.Releases;

/// <summary>Where <c>--rollback-on-failure</c> goes back to: what was good before the upgrade began.</summary>
/// <param name="Good">The newest good revision then; null when there was none.</param>
/// <param name="Newest">The newest revision then; 0 when there was none.</param>
/// <param name="PromptsHash">What the ConfigMap held then; null when there was none.</param>
internal sealed record RollbackPoint(HelmRevision? Good, int Newest, string? PromptsHash)
{
    /// <summary>Reads it, before anything is changed.</summary>
    /// <param name="access">The release.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<RollbackPoint> ReadAsync(ReleaseAccess access, CancellationToken cancellation)
    {
        var history = await access.Helm.HistoryAsync(access.Parameters.Release, access.Namespace, cancellation) ?? [];
        return new RollbackPoint(history.LastOrDefault(revision => revision.IsGood), history.Count > 0 ? history[^1].Revision : 0, await HashAsync(access, cancellation));
    }

    /// <summary>Goes back, prompts included, and verifies. A rollback that fails is told, not thrown: the upgrade's failure counts.</summary>
    /// <param name="access">The release, with its lock.</param>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>What to say after the upgrade's failure.</returns>
    public async Task<Finding> GoBackAsync(ReleaseAccess access, CancellationToken cancellation)
    {
        var where = $"release {access.Parameters.Release} in namespace {access.Namespace}";
        if (Good is null)
            return Finding.Error("It was not rolled back: no revision before it was ever good", where, "Mend it and upgrade again: ./build.sh Upgrade");
        try
        {
            var history = await LiveRelease.HistoryAsync(access, cancellation);
            if (history[^1].Revision == Newest && await HashAsync(access, cancellation) == PromptsHash)
                return Finding.Error($"There was nothing to roll back: revision {Newest} and the ConfigMap are as they were", where, "Mend it and upgrade again: ./build.sh Upgrade");

            access.Log.Information("The upgrade failed; going back because of --rollback-on-failure");
            var done = await new RollbackRun(access with { Parameters = access.Parameters with { Revision = Good.Revision } }).RunAsync(cancellation);
            var database = done.DatabaseNotice is { } notice ? $". {notice}" : "";
            return Finding.Error($"It was rolled back: revision {done.Revision} is revision {Good.Revision} again, with its prompts, in every pod{database}", where, "Mend it and upgrade again: ./build.sh Upgrade");
        }
        catch (Exception failure) when (failure is DeploymentException or HelmException or ClusterException)
        {
            return Finding.Error($"The rollback to revision {Good.Revision} failed, too: {failure.Message.ReplaceLineEndings(" ")}", where, "./build.sh Status\nthen: ./build.sh Rollback");
        }
    }

    private static async Task<string?> HashAsync(ReleaseAccess access, CancellationToken cancellation) =>
        await new PromptStore(access).ReadAsync(cancellation) is { } live ? PromptSnapshot.HashOf(live.Files) : null;
}
