using DifyUpgrade.Cluster;

namespace DifyUpgrade.Releases.Locking;

/// <summary>
/// The one who may change a release: a Lease in its namespace, renewed while the run works. helm's own lock has no owner
/// and no end, and does not cover the ConfigMap.
/// </summary>
internal sealed class ReleaseLock : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    private readonly ReleaseAccess _access;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewing;
    private LeaseState _lease;
    private DateTimeOffset _renewed;
    private string? _lost;

    private ReleaseLock(ReleaseAccess access, LeaseState lease)
    {
        _access = access;
        _lease = lease;
        _renewed = access.Time.GetUtcNow();
        _renewing = RenewAsync();
    }

    /// <summary>How long a Lease counts after it was renewed: so long does a run that died hold up the next.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The Lease as this run holds it.</summary>
    public LeaseState Lease => _lease;

    /// <summary>How often it is renewed.</summary>
    public static TimeSpan Interval { get; } = Duration / 3;

    /// <summary>The Lease of a release.</summary>
    /// <param name="release">The release.</param>
    public static string NameOf(string release) => "dify-upgrade." + release;

    /// <summary>Takes it, waiting for another run as long as the parameters allow.</summary>
    /// <param name="access">The release.</param>
    /// <param name="target">What the run is about to do.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The lock, to be disposed of when the release may be changed by others again.</returns>
    /// <exception cref="DeploymentException">Another run holds it.</exception>
    public static async Task<ReleaseLock> TakeAsync(ReleaseAccess access, string target, CancellationToken cancellation)
    {
        var holder = LockHolder.ThisRun(target, access.Parameters.Timeout, Environment.GetEnvironmentVariable);
        return new ReleaseLock(access, await new LockAcquisition(access, holder).RunAsync(cancellation));
    }

    /// <summary>Waits for another run that is at work, as long as the parameters allow, and takes nothing.</summary>
    /// <param name="access">The release.</param>
    /// <param name="target">What this run is about to do.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>When nobody is at work, or nobody knows.</returns>
    /// <exception cref="DeploymentException">Another run holds it.</exception>
    public static Task WaitUntilFreeAsync(ReleaseAccess access, string target, CancellationToken cancellation) =>
        new LockAcquisition(access, LockHolder.ThisRun(target, access.Parameters.Timeout, Environment.GetEnvironmentVariable)).WaitUntilFreeAsync(cancellation);

    /// <summary>Asked before each change: a run that lost its lock changes nothing any more.</summary>
    /// <param name="cancellation">Stops asking.</param>
    /// <exception cref="DeploymentException">It was lost.</exception>
    public async Task MustBeHeldAsync(CancellationToken cancellation)
    {
        if (_lost is null)
            await LookAsync(cancellation);
        if (_lost is null)
            return;
        throw new DeploymentException(
            _access.Changes.Begun ? ExitCode.DeploymentFailed : ExitCode.NothingChanged,
            Finding.Error($"The lock of the release was lost, so this run stops here: {_lost}", $"lease/{_lease.Name} in namespace {_lease.Namespace}", "See what state the release is in: ./build.sh Status\nthen run it again"))
        {
            IsCause = true,
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewing;
        _stop.Dispose();
        if (_lost is null)
            await LetGoAsync();
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(Interval, _access.Time);
        try
        {
            while (_lost is null && await timer.WaitForNextTickAsync(_stop.Token))
                await RenewOnceAsync();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task RenewOnceAsync()
    {
        try
        {
            var now = _access.Time.GetUtcNow();
            _lease = await _access.Cluster.Leases.WriteAsync(_lease with { RenewedAt = now }, _stop.Token);
            _renewed = now;
        }
        catch (ClusterException taken) when (taken.Failure is ClusterFailure.Conflict or ClusterFailure.NotFound)
        {
            await LookAsync(_stop.Token);
        }
        catch (ClusterException failure)
        {
            LoseWhenExpired(failure.Message);
        }
    }

    // A renewal whose answer got lost was stored all the same: then the Lease has another version, but is still ours.
    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            var found = await _access.Cluster.Leases.ReadAsync(_lease.Namespace, _lease.Name, cancellation);
            if (found is not null && found.Holder == _lease.Holder)
                _lease = found;
            else
                Lose(found is null ? "someone deleted it" : $"{LockText.HolderOf(found)} has taken it over");
        }
        catch (ClusterException failure)
        {
            LoseWhenExpired(failure.Message);
        }
    }

    private void LoseWhenExpired(string why)
    {
        if (_access.Time.GetUtcNow() - _renewed >= Duration - Interval)
            Lose("it could not be renewed: " + why);
    }

    private void Lose(string why)
    {
        _lost = why;
        _access.Log.Error("The lock of the release was lost ({Why:l}); this run will stop before its next change", why);
    }

    // The Lease has another version than this run knows when the answer to a renewal got lost.
    private async Task FreeAsync(CancellationToken cancellation)
    {
        try
        {
            await _access.Cluster.Leases.WriteAsync(_lease with { Holder = "", RenewedAt = _access.Time.GetUtcNow() }, cancellation);
        }
        catch (ClusterException changed) when (changed.Failure == ClusterFailure.Conflict)
        {
            if (await _access.Cluster.Leases.ReadAsync(_lease.Namespace, _lease.Name, cancellation) is { } found && found.Holder == _lease.Holder)
                await _access.Cluster.Leases.WriteAsync(found with { Holder = "", RenewedAt = _access.Time.GetUtcNow() }, cancellation);
        }
    }

    private async Task LetGoAsync()
    {
        using var patience = new CancellationTokenSource(Farewell, _access.Time);
        try
        {
            await FreeAsync(patience.Token);
        }
        catch (Exception failure) when (failure is ClusterException or OperationCanceledException)
        {
            _access.Log.Warning("The lock of the release could not be released ({Why:l}); it frees itself in {Seconds} s", failure.Message, (int)Duration.TotalSeconds);
        }
    }
}
