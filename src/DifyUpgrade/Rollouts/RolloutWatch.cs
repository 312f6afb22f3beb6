using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using DifyUpgrade.Cluster;
using DifyUpgrade.Helm;
using DifyUpgrade.Reporting;

namespace DifyUpgrade.Rollouts;

/// <summary>
/// Watches workloads, their revisions, pods and events from before a change until every workload is truly rolled out,
/// or something stands in the way that will not heal. Nothing is polled: it acts on what the watches bring.
/// </summary>
/// <param name="access">The release; its log receives a line for each change of a pod or workload.</param>
/// <param name="request">The change and its workloads.</param>
internal sealed class RolloutWatch(ReleaseAccess access, RolloutRequest request)
{
    private readonly Channel<object> _events = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ReleaseView _view = new(request.Workloads, access.Time);
    private readonly RolloutLines _lines = new(access.Log, access.Parameters.FailureGrace, access.IsLive);
    private IReadOnlyList<Culprit> _culprits = [];
    private HelmException? _helmFailed;
    private bool _changed;
    private bool _isListed;

    private bool IsComplete => _view.Workloads.All(workload => workload.Verdict.Phase == RolloutPhase.Complete);

    /// <summary>Watches until the end.</summary>
    /// <param name="cancellation">Interrupts the change and the watch.</param>
    /// <returns>What was seen. An interrupt is an end like any other.</returns>
    /// <exception cref="HelmException">helm refused before it changed anything worth watching.</exception>
    public async Task<RolloutRecord> FollowAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var feeds = new RolloutFeeds(access.Cluster, access.Log);
        feeds.Start(request.Workloads, _events.Writer, stop.Token);
        var changing = ChangeAsync(feeds, giveUp.Token);
        RolloutEnd? end = null;
        try
        {
            end = await EndAsync(cancellation);
        }
        finally
        {
            // Helm is never left to itself: its own timeout or the interrupt ends it, and its word counts.
            if (end != RolloutEnd.Complete && request.Interruptible)
                await giveUp.CancelAsync();
            await changing;
            await stop.CancelAsync();
            await feeds.EndAsync();
        }

        return _view.ToRecord(request.Change, end.Value, end == RolloutEnd.Complete ? [] : _culprits) with { HelmSaid = _helmFailed?.StandardError.Trim() };
    }

    private async Task<RolloutEnd> EndAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(access.Parameters.Timeout, access.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        await using var timer = access.Time.CreateTimer(_ => _events.Writer.TryWrite(RolloutMoment.Look), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var judge = new CulpritWatch(_view, access.Parameters.FailureGrace);
        using var picture = access.IsLive ? new LivePicture(LiveRegion.Begin(), _view, access.Time, () => _events.Writer.TryWrite(RolloutMoment.Look)) : null;
        try
        {
            await foreach (var change in _events.Reader.ReadAllAsync(either.Token))
            {
                Take(change, judge);
                if (_isListed)
                    picture?.Look();
                if (End(judge) is { } end)
                    return end;
                var now = access.Time.GetUtcNow();
                timer.Change(judge.NextLook(now) - now + TimeSpan.FromMilliseconds(1) ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return cancellation.IsCancellationRequested ? RolloutEnd.Interrupted : RolloutEnd.TimedOut;
        }

        // When helm's time was up it had applied everything, and then the workloads' own word counts.
        if (_helmFailed?.Failure != HelmFailure.TimedOut)
            return RolloutEnd.ChangeFailed;
        return IsComplete ? RolloutEnd.Complete : RolloutEnd.TimedOut;
    }

    private void Take(object change, CulpritWatch judge)
    {
        var now = access.Time.GetUtcNow();
        switch (change)
        {
            case Change<WorkloadState> { Kind: not ChangeKind.Deleted, Item: var state } when _view.Take(state) is { } workload:
                judge.Look(workload, now);
                if (_changed || workload.IsChanged)
                    _lines.Say(workload);
                break;
            case WorkloadState read when _view.IsNews(read):
                Take(new Change<WorkloadState>(ChangeKind.Modified, read), judge);
                break;
            case Change<ReplicaSetState> set:
                _view.Take(set);
                break;
            case Change<PodState> pod when _view.Take(pod) is { } timeline:
                _lines.Say(timeline, pod.Kind);
                LookAt(timeline, judge, now);
                break;
            case Change<ClusterEvent> happening when _view.Take(happening) is { } about:
                LookAt(about, judge, now);
                break;
            case RolloutMoment.Listed:
                _view.Begin();
                _isListed = true;
                break;
            case RolloutMoment.Changed:
                _changed = true;
                break;
        }
    }

    private void LookAt(PodTimeline pod, CulpritWatch judge, DateTimeOffset now)
    {
        if (judge.Look(pod, now) is { } obstacle && !pod.WasThere)
            _lines.Warn(pod, obstacle);
    }

    private RolloutEnd? End(CulpritWatch judge)
    {
        if (_changed && IsComplete)
            return RolloutEnd.Complete;

        // A verdict from before the change is the one that the change may be about to mend.
        if (_view.Workloads.Any(workload => (_changed || workload.IsChanged) && workload.Verdict.Phase == RolloutPhase.Failed))
            return RolloutEnd.Failed;
        var culprits = judge.Due(access.Time.GetUtcNow());
        if (culprits.Count > 0 && _culprits.Count == 0)
            _lines.Say(culprits, request);
        _culprits = culprits;
        return culprits.Count > 0 && request.Interruptible ? RolloutEnd.Stuck : null;
    }

    // The watches may still show the state from before the change; so after it every workload is read once more, and
    // what the watches bring counts only from that generation on.
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is handed on to the reader of the channel, which throws it")]
    private async Task ChangeAsync(RolloutFeeds feeds, CancellationToken giveUp)
    {
        try
        {
            await feeds.ListedAsync();
            _events.Writer.TryWrite(RolloutMoment.Listed);
            await request.MakeAsync(giveUp);
            await ReadAgainAsync(giveUp);
            _events.Writer.TryWrite(RolloutMoment.Changed);
        }
        catch (HelmException failure) when (failure.Failure is HelmFailure.TimedOut or HelmFailure.Other)
        {
            _helmFailed = failure;
            _events.Writer.TryComplete();
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            _events.Writer.TryComplete(failure);
        }
    }

    private async Task ReadAgainAsync(CancellationToken cancellation)
    {
        foreach (var workload in request.Workloads)
        {
            if (await access.Cluster.Workloads.ReadAsync(workload, cancellation) is { } state)
                _events.Writer.TryWrite(state);
        }
    }
}
