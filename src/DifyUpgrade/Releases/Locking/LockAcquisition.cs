using DifyUpgrade.Cluster;

namespace DifyUpgrade.Releases.Locking;

/// <summary>Gets hold of a release's Lease.</summary>
/// <param name="access">The release.</param>
/// <param name="holder">This run.</param>
internal sealed class LockAcquisition(ReleaseAccess access, LockHolder holder)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _name = ReleaseLock.NameOf(access.Parameters.Release);
    private readonly long _started = access.Time.GetTimestamp();
    private (string? Version, long Since) _seen;

    /// <summary>Takes it as soon as it is free or expired.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The Lease, held by this run.</returns>
    /// <exception cref="DeploymentException">Another run holds it, and waiting was not asked for or has lasted too long.</exception>
    public async Task<LeaseState> RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var found = await access.Cluster.Leases.ReadAsync(access.Namespace, _name, cancellation);

            // The answer to the write got lost, but not the write.
            if (found?.Holder == holder.Identity)
                return found;
            if ((found is not { Holder.Length: > 0 } || IsDead(found)) && await TryTakeAsync(found, cancellation) is { } taken)
                return taken;
            if (found is { Holder.Length: > 0 })
                await WaitAsync(found, cancellation);
        }
    }

    /// <summary>Waits for a live holder and takes nothing; who may not read Leases does not wait.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>When nobody holds it.</returns>
    /// <exception cref="DeploymentException">Another run holds it, and waiting was not asked for or has lasted too long.</exception>
    public async Task WaitUntilFreeAsync(CancellationToken cancellation)
    {
        try
        {
            while (await access.Cluster.Leases.ReadAsync(access.Namespace, _name, cancellation) is { Holder.Length: > 0 } found && !IsPast(found))
                await WaitAsync(found, cancellation);
        }
        catch (ClusterException unknown) when (unknown.Failure == ClusterFailure.Forbidden)
        {
            access.Log.Debug("Whether somebody holds the lock of the release may not be asked: {Why:l}", unknown.Message);
        }
    }

    // Clocks differ from machine to machine, so a Lease of another one is dead only when it was also seen unchanged for
    // longer than a live holder would have left it so.
    private bool IsDead(LeaseState lease)
    {
        if (_seen.Version != lease.Version)
            _seen = (lease.Version, access.Time.GetTimestamp());
        if (lease.Annotations.GetValueOrDefault(LockHolder.MachineAnnotation) == MachineIdentity.Here)
            return IsPast(lease);
        return IsPast(lease) && access.Time.GetElapsedTime(_seen.Since) > ReleaseLock.Interval * 1.5;
    }

    private bool IsPast(LeaseState lease) => lease.RenewedAt is not { } renewed || renewed + lease.Duration < access.Time.GetUtcNow();

    private async Task<LeaseState?> TryTakeAsync(LeaseState? found, CancellationToken cancellation)
    {
        if (found is { Holder.Length: > 0 })
            access.Log.Warning("Taking over the lock of the release: its holder died without letting go: {Holder:l}", LockText.HolderOf(found));
        var now = access.Time.GetUtcNow();
        try
        {
            return await access.Cluster.Leases.WriteAsync(
                new LeaseState
                {
                    Namespace = access.Namespace,
                    Name = _name,
                    Holder = holder.Identity,
                    Duration = ReleaseLock.Duration,
                    AcquiredAt = now,
                    RenewedAt = now,
                    Annotations = holder.Annotations(WorkWindow.In(found, withHolder: true)),
                    Version = found?.Version,
                },
                cancellation);
        }
        catch (ClusterException lost) when (lost.Failure == ClusterFailure.Conflict)
        {
            return null;
        }
    }

    private async Task WaitAsync(LeaseState found, CancellationToken cancellation)
    {
        var waited = access.Time.GetElapsedTime(_started);
        var expiring = IsPast(found);
        if (!expiring && waited >= access.Parameters.WaitForLock)
            throw Held(found, waited);
        if (waited < Pause)
            access.Log.Information(expiring ? "The lock of the release has expired; making sure that its holder is dead: {Holder:l}" : "Waiting for the lock of the release, held by {Holder:l}", LockText.HolderOf(found));
        await Task.Delay(Pause, access.Time, cancellation);
    }

    private DeploymentException Held(LeaseState found, TimeSpan waited) => new(
        ExitCode.NothingChanged,
        Finding.Error(
            $"Another run works on the release: {LockText.HolderOf(found)}" + (waited < Pause ? "" : $"; waited {(int)waited.TotalSeconds} s for it"),
            $"lease/{_name} in namespace {access.Namespace}",
            $"Wait for it: ./build.sh {holder.Target} --wait-for-lock 5m\nIf it died, its lock is taken over {(int)ReleaseLock.Duration.TotalSeconds} s after its last sign of life"));
}
