using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>
/// Watches workloads and their pods from before a change until every one is truly rolled out. Nothing is polled: it
/// acts on what the watches bring.
/// </summary>
/// <param name="access">The release; its log receives a line for each change of a pod or workload.</param>
internal sealed class RolloutWatch(ReleaseAccess access)
{
    private readonly Dictionary<WorkloadReference, WorkloadState> _states = [];
    private readonly Dictionary<WorkloadReference, RolloutVerdict> _verdicts = [];
    private readonly PodLines _pods = new(access.Log);
    private bool _changed;

    /// <summary>Watches until the end.</summary>
    /// <param name="workloads">The workloads to wait for.</param>
    /// <param name="change">Makes the change that starts the rollouts; its failure ends the watch.</param>
    /// <param name="timeout">How long all of it may take.</param>
    /// <param name="cancellation">Interrupts the change and the watch.</param>
    /// <returns>How the rollouts ended.</returns>
    public async Task<RolloutOutcome> FollowAsync(IReadOnlyList<WorkloadReference> workloads, Func<Task> change, TimeSpan timeout, CancellationToken cancellation)
    {
        var events = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
        using var limit = new CancellationTokenSource(timeout, access.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Task> feeds = [.. workloads.Select(workload => workload.Namespace).Distinct(StringComparer.Ordinal).SelectMany(space => Feeds(space, workloads, events.Writer, stop.Token))];
        var changing = ChangeAsync(change, workloads, events.Writer, stop.Token);
        try
        {
            await ReadAsync(workloads, events.Reader, cancellation, limit.Token);
            return Outcome(workloads, timedOut: false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return Outcome(workloads, timedOut: true);
        }
        finally
        {
            // Helm is never left to itself: its own timeout or the interrupt ends it, and its word counts.
            await changing;
            await stop.CancelAsync();
            await Task.WhenAll(feeds);
        }
    }

    private List<Task> Feeds(string space, IReadOnlyList<WorkloadReference> workloads, ChannelWriter<object> events, CancellationToken stop)
    {
        var kinds = workloads.Where(workload => workload.Namespace == space).Select(workload => workload.Kind).Distinct();
        return
        [
            .. kinds.Select(kind => FeedAsync(access.Cluster.Workloads.WatchAsync(kind, space, null, stop), events, stop)),
            FeedAsync(access.Cluster.Pods.WatchAsync(space, null, stop), events, stop),
        ];
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is handed on to the reader of the channel, which throws it")]
    private static async Task FeedAsync<T>(IAsyncEnumerable<T> source, ChannelWriter<object> events, CancellationToken stop)
        where T : class
    {
        try
        {
            await foreach (var change in source.WithCancellation(stop))
                await events.WriteAsync(change, CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            events.TryComplete(failure);
        }
    }

    // The watches may still show the state from before the change; so after it every workload is read once more, and
    // what the watches bring counts only from that generation on.
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is handed on to the reader of the channel, which throws it")]
    private async Task ChangeAsync(Func<Task> change, IReadOnlyList<WorkloadReference> workloads, ChannelWriter<object> events, CancellationToken stop)
    {
        try
        {
            await change();
            List<WorkloadState> fresh = [];
            foreach (var workload in workloads)
            {
                if (await access.Cluster.Workloads.ReadAsync(workload, stop) is { } state)
                    fresh.Add(state);
            }

            events.TryWrite(fresh);
        }
        catch (Exception failure)
        {
            events.TryComplete(failure);
        }
    }

    private async Task ReadAsync(IReadOnlyList<WorkloadReference> workloads, ChannelReader<object> events, CancellationToken cancellation, CancellationToken limit)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit);
        await foreach (var change in events.ReadAllAsync(either.Token))
        {
            switch (change)
            {
                case List<WorkloadState> fresh:
                    _changed = true;
                    fresh.ForEach(Take);
                    break;
                case Change<WorkloadState> { Item: var state } when workloads.Contains(state.Reference):
                    Take(state);
                    break;
                case Change<PodState> pod when workloads.Any(workload => PodOwner.IsOwner(workload, pod.Item)):
                    _pods.Take(pod);
                    break;
            }

            if (_changed && workloads.All(workload => _verdicts.TryGetValue(workload, out var verdict) && verdict.Phase == RolloutPhase.Complete))
                return;
            if (_changed && _verdicts.Values.Any(verdict => verdict.Phase == RolloutPhase.Failed))
                return;
        }
    }

    private void Take(WorkloadState state)
    {
        if (_states.TryGetValue(state.Reference, out var known) && state.Generation < known.Generation)
            return;
        _states[state.Reference] = state;
        var verdict = RolloutVerdicts.Of(state);
        if (_changed && (!_verdicts.TryGetValue(state.Reference, out var last) || last != verdict))
            access.Log.Information("{Workload:l}: {Reason:l}", state.Reference.ToString(), verdict.Reason);
        _verdicts[state.Reference] = verdict;
    }

    private RolloutOutcome Outcome(IReadOnlyList<WorkloadReference> workloads, bool timedOut) => new(
        [.. workloads.Select(workload => KeyValuePair.Create(
            workload,
            _verdicts.GetValueOrDefault(workload) ?? new RolloutVerdict(RolloutPhase.Failed, "it does not exist")))],
        timedOut);
}
