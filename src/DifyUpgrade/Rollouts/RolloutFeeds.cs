using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using DifyUpgrade.Cluster;
using Serilog;

namespace DifyUpgrade.Rollouts;

/// <summary>Runs the watches of a rollout and brings all they see into one channel.</summary>
/// <param name="cluster">Where to watch.</param>
/// <param name="log">Hears of what may not be watched.</param>
internal sealed class RolloutFeeds(ClusterClient cluster, ILogger log)
{
    private readonly List<Task> _listed = [];
    private readonly List<Task> _running = [];

    /// <summary>Starts every watch: a fixed number for each namespace, however many workloads there are and however long it takes.</summary>
    /// <param name="workloads">The workloads to follow.</param>
    /// <param name="events">Receives a <see cref="Change{T}"/> for everything seen; a failure completes it.</param>
    /// <param name="stop">Ends the watches.</param>
    public void Start(IReadOnlyList<WorkloadReference> workloads, ChannelWriter<object> events, CancellationToken stop)
    {
        foreach (var space in workloads.Select(workload => workload.Namespace).Distinct(StringComparer.Ordinal))
        {
            var kinds = workloads.Where(workload => workload.Namespace == space).Select(workload => workload.Kind).Distinct().ToList();
            foreach (var kind in kinds)
                Run(listed => cluster.Workloads.WatchAsync(kind, space, null, stop, listed), events, null, stop);
            if (kinds.Contains(WorkloadKind.Deployment))
                Run(listed => cluster.ReplicaSets.WatchAsync(space, stop, listed), events, "ReplicaSets", stop);
            Run(listed => cluster.Pods.WatchAsync(space, null, stop, listed), events, null, stop);
            Run(listed => cluster.Events.WatchAsync(space, stop, listed), events, "events", stop);
        }
    }

    /// <summary>Waits until every watch has listed what there is.</summary>
    /// <returns>When they have; what one of them threw is thrown here, too.</returns>
    public Task ListedAsync() => Task.WhenAll(_listed);

    /// <summary>Waits until every watch has ended.</summary>
    /// <returns>When they have.</returns>
    public Task EndAsync() => Task.WhenAll(_running);

    private void Run<T>(Func<Action, IAsyncEnumerable<Change<T>>> watch, ChannelWriter<object> events, string? optional, CancellationToken stop)
    {
        var listed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _listed.Add(listed.Task);
        _running.Add(FeedAsync(watch(() => listed.TrySetResult()), events, listed, optional, stop));
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is handed on to the reader of the channel, which throws it")]
    private async Task FeedAsync<T>(IAsyncEnumerable<Change<T>> source, ChannelWriter<object> events, TaskCompletionSource listed, string? optional, CancellationToken stop)
    {
        try
        {
            await foreach (var change in source.WithCancellation(stop))
                await events.WriteAsync(change, CancellationToken.None);
        }
        catch (Exception ended) when (ended is OperationCanceledException or ChannelClosedException && stop.IsCancellationRequested)
        {
        }
        catch (ClusterException forbidden) when (optional is not null && forbidden.Failure == ClusterFailure.Forbidden)
        {
            log.Warning("The {Kind:l} of the namespace may not be watched, so some causes are found late or not at all: {Why:l}", optional, forbidden.Message);
        }
        catch (Exception failure)
        {
            listed.TrySetException(failure);
            events.TryComplete(failure);
        }
        finally
        {
            listed.TrySetResult();
        }
    }
}
