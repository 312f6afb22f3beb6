using DifyUpgrade.Helm;
using DifyUpgrade.Parameters;

namespace DifyUpgrade.Releases.Repairs;

/// <summary>What a repair came to.</summary>
/// <param name="Revision">The newest revision when it began.</param>
/// <param name="Was">Helm's word for it.</param>
/// <param name="Why">Why nobody is at work on it; null when there was nothing to repair.</param>
/// <param name="Copy">The Secret that keeps what helm had stored of it; null when there was nothing to repair.</param>
/// <param name="Rollback">The rollback to the last good revision; null when there was none to go back to.</param>
internal sealed record RepairResult(int Revision, string Was, string? Why, string? Copy, RollbackResult? Rollback);

/// <summary>Brings a release that a killed helm left pending into a state from which everything works again. It never uninstalls.</summary>
/// <param name="access">The release, with its lock.</param>
internal sealed class ReleaseRepair(ReleaseAccess access)
{
    private readonly PendingRevisions _pending = new(access);

    /// <summary>Who asks for a repair expects that the last run died, and waits until that is sure.</summary>
    /// <param name="access">The release.</param>
    public static ReleaseAccess Patient(ReleaseAccess access) => access.Parameters.WaitForLock > TimeSpan.Zero
        ? access
        : access with { Parameters = access.Parameters with { WaitForLock = DeploymentParameters.RepairPatience } };

    /// <summary>The target <c>Repair</c>: marks the revision failed, and goes back to the last good one.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="DeploymentException">Somebody is at work on the release.</exception>
    public async Task<RepairResult> RunAsync(CancellationToken cancellation)
    {
        var (found, abandoned) = await _pending.SettleAsync("Repair", cancellation);
        var history = ReleaseState.MustExist(found, access.Parameters);
        if (abandoned is null)
        {
            access.Log.Information("Nothing to repair: revision {Revision} is {Status:l}", history[^1].Revision, history[^1].Status);
            return new RepairResult(history[^1].Revision, history[^1].Status, null, null, null);
        }

        var copy = await new FailedMark(access).SetAsync(abandoned, cancellation);
        var result = new RepairResult(abandoned.Revision.Revision, abandoned.Revision.Status, abandoned.Why, copy, null);
        access.Journal.Add(result);
        if (!history.Any(revision => revision.IsGood))
        {
            access.Log.Warning("No revision was ever good, so there is none to go back to; the next ./build.sh Upgrade goes on from here");
            return result;
        }

        result = result with { Rollback = await new RollbackRun(access).RunAsync(cancellation) };
        access.Journal.Add(result);
        return result;
    }

    /// <summary>What an upgrade does first: with <c>--repair</c> it marks an abandoned revision failed, and without it stops there.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>The history to upgrade from; null when there is no such release.</returns>
    /// <exception cref="DeploymentException">Somebody is at work on the release, or it wants a repair.</exception>
    public async Task<IReadOnlyList<HelmRevision>?> BeforeUpgradeAsync(CancellationToken cancellation)
    {
        var (history, abandoned) = await _pending.SettleAsync("Upgrade", cancellation);
        if (abandoned is null)
            return history;
        if (!access.Parameters.Repair)
            throw _pending.Refusal(abandoned);
        var copy = await new FailedMark(access).SetAsync(abandoned, cancellation);
        access.Journal.Add(new RepairResult(abandoned.Revision.Revision, abandoned.Revision.Status, abandoned.Why, copy, null));
        return await access.Helm.HistoryAsync(access.Parameters.Release, access.Namespace, cancellation);
    }

    /// <summary>The same before anything may be changed.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>The history, and whether the upgrade will begin with a repair.</returns>
    /// <exception cref="DeploymentException">Somebody is at work on the release, or it wants a repair.</exception>
    public async Task<(IReadOnlyList<HelmRevision>? History, bool WillRepair)> ForeseeAsync(CancellationToken cancellation)
    {
        var (history, abandoned) = await _pending.SettleAsync("Upgrade", cancellation);
        if (abandoned is not null && !access.Parameters.Repair)
            throw _pending.Refusal(abandoned);
        if (abandoned is not null)
            access.Log.Warning("Revision {Revision} is {Status:l}, but nobody is at work on it ({Why:l}); the upgrade will first mark it failed. Until then helm's own dry run is not possible, only the server's", abandoned.Revision.Revision, abandoned.Revision.Status, abandoned.Why);
        return (history, abandoned is not null);
    }
}
