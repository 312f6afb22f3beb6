using DifyUpgrade.Cluster;
using DifyUpgrade.Helm;
using DifyUpgrade.Releases.Locking;

namespace DifyUpgrade.Releases.Repairs;

/// <summary>Judges a revision that helm left pending: is somebody at work on it, or did helm die?</summary>
/// <param name="access">The release.</param>
internal sealed class PendingRevisions(ReleaseAccess access)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Reads the history; while somebody is at work, waits as long as the parameters allow.</summary>
    /// <param name="target">What the run is about to do.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The history, and the verdict where its newest revision was abandoned.</returns>
    /// <exception cref="DeploymentException">Somebody is at work.</exception>
    public async Task<(IReadOnlyList<HelmRevision>? History, PendingVerdict? Abandoned)> SettleAsync(string target, CancellationToken cancellation)
    {
        var started = access.Time.GetTimestamp();
        while (true)
        {
            var history = await access.Helm.HistoryAsync(access.Parameters.Release, access.Namespace, cancellation);
            if (history is not [.., { IsPending: true } pending])
                return (history, null);
            var verdict = await JudgeAsync(pending, cancellation);
            if (verdict.IsAbandoned)
                return (history, verdict);

            var waited = access.Time.GetElapsedTime(started);
            if (waited >= access.Parameters.WaitForLock)
                throw AtWork(verdict, target);
            if (waited < Pause)
                access.Log.Information("Waiting for revision {Revision}, {Status:l}: {Why:l}", pending.Revision, pending.Status, verdict.Why);
            await Task.Delay(Pause, access.Time, cancellation);
        }
    }

    /// <summary>Refuses to go on from an abandoned revision.</summary>
    /// <param name="abandoned">The verdict.</param>
    public DeploymentException Refusal(PendingVerdict abandoned) => new(ExitCode.NothingChanged, Finding.Error(
        $"Revision {abandoned.Revision.Revision} of {access.Parameters.Release} is {abandoned.Revision.Status} since {abandoned.Revision.Updated:u}, but nobody is at work on it: {abandoned.Why}",
        $"namespace {access.Namespace}",
        "Mark it failed and upgrade: ./build.sh Upgrade --repair\nor go back to the last good revision first: ./build.sh Repair"));

    private async Task<PendingVerdict> JudgeAsync(HelmRevision pending, CancellationToken cancellation)
    {
        var lease = access.Lock?.Lease ?? await LeaseAsync(cancellation);
        if (access.Lock is null && lease is { Holder.Length: > 0, RenewedAt: { } renewed } && renewed + lease.Duration >= access.Time.GetUtcNow())
            return new PendingVerdict(pending, false, $"Another run works on the release: {LockText.HolderOf(lease)}");

        var run = WorkWindow.In(lease, withHolder: access.Lock is null).LastOrDefault(window => window.Covers(pending.Updated));
        if (run is { InOrder: true })
            return new PendingVerdict(pending, true, $"the run that began it ended at {run.To:u}, and helm had been killed");
        if (run is not null && run.Machine == MachineIdentity.Here)
        {
            return LivingHelms.Find(access.Helm.Program, access.Namespace, run.From, pending.Updated) is { } process
                ? new PendingVerdict(pending, false, $"The run that began it is dead, but helm goes on (process {process} on this machine)")
                : new PendingVerdict(pending, true, "the run that began it died on this machine, and its helm with it");
        }

        return ByAge(pending, run);
    }

    // Who may only look need not be allowed to see the lock; then the age decides.
    private async Task<LeaseState?> LeaseAsync(CancellationToken cancellation)
    {
        try
        {
            return await access.Cluster.Leases.ReadAsync(access.Namespace, ReleaseLock.NameOf(access.Parameters.Release), cancellation);
        }
        catch (ClusterException failure) when (failure.Failure == ClusterFailure.Forbidden)
        {
            return null;
        }
    }

    private PendingVerdict ByAge(HelmRevision pending, WorkWindow? run)
    {
        var timeout = run is { Timeout: > 0 } ? TimeSpan.FromSeconds(run.Timeout) : access.Parameters.Timeout;
        var until = pending.Updated + timeout;
        return until < access.Time.GetUtcNow()
            ? new PendingVerdict(pending, true, $"it is older than its timeout of {GoDuration.Format(timeout)}, and no run holds the release")
            : new PendingVerdict(pending, false, $"No run holds the release, but a helm elsewhere may be at work until {until:u} ({GoDuration.Format(timeout)} after it began)");
    }

    private DeploymentException AtWork(PendingVerdict verdict, string target) => new(
        access.Changes.Begun ? ExitCode.DeploymentFailed : ExitCode.NothingChanged,
        Finding.Error(
            verdict.Why,
            $"revision {verdict.Revision.Revision} of {access.Parameters.Release} in namespace {access.Namespace}, {verdict.Revision.Status} since {verdict.Revision.Updated:u}",
            $"Wait for it: ./build.sh {target} --wait-for-lock 5m"));
}
