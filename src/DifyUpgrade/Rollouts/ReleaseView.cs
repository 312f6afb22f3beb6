using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>What the watches have brought so far, put together: workloads, their revisions, pods and events.</summary>
/// <param name="workloads">The workloads that are followed.</param>
/// <param name="time">The clock that everything is timed with.</param>
internal sealed class ReleaseView(IReadOnlyList<WorkloadReference> workloads, TimeProvider time)
{
    // A namespace full of noise must not fill the memory; what a rollout says about itself is far less.
    private const int MostEvents = 20_000;

    private readonly Dictionary<WorkloadReference, WorkloadTimeline> _workloads = workloads.ToDictionary(workload => workload, workload => new WorkloadTimeline(workload));
    private readonly Dictionary<string, ReplicaSetState> _replicaSets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PodTimeline> _pods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClusterEvent> _earlyEvents = new(StringComparer.Ordinal);
    private readonly List<ClusterEvent> _events = [];
    private bool _listed;

    /// <summary>When watching began.</summary>
    public DateTimeOffset From { get; } = time.GetUtcNow();

    /// <summary>The workloads, in the order of the manifests.</summary>
    public IEnumerable<WorkloadTimeline> Workloads => workloads.Select(workload => _workloads[workload]);

    /// <summary>All pods that were seen, in the order they were.</summary>
    public IEnumerable<PodTimeline> Pods => _pods.Values;

    /// <summary>Begins to measure: before every list is in, pods are missing that are there.</summary>
    public void Begin()
    {
        _listed = true;
        foreach (var workload in _workloads.Values)
            Measure(workload);
    }

    /// <summary>Takes a workload's state in.</summary>
    /// <param name="state">The state.</param>
    /// <returns>The workload; null when it is not followed or the state is older than one already known.</returns>
    public WorkloadTimeline? Take(WorkloadState state)
    {
        if (!_workloads.TryGetValue(state.Reference, out var workload) || !workload.Take(state))
            return null;
        Measure(workload);
        return workload;
    }

    /// <summary>
    /// Whether a state that was read beside the watches says more than they did. Within one generation they may have been
    /// faster than the read, and what they said last must not be replaced by something older.
    /// </summary>
    /// <param name="read">The state.</param>
    /// <returns>Whether it is of a newer generation, or the first that is known.</returns>
    public bool IsNews(WorkloadState read) =>
        !_workloads.TryGetValue(read.Reference, out var workload) || workload.State is not { } known || known.Uid != read.Uid || read.Generation > known.Generation;

    /// <summary>Takes a ReplicaSet's change in.</summary>
    /// <param name="change">The change.</param>
    public void Take(Change<ReplicaSetState> change) => _replicaSets[change.Item.Uid] = change.Item;

    /// <summary>Takes a pod's change in.</summary>
    /// <param name="change">The change.</param>
    /// <returns>The pod; null when no workload that is followed made it.</returns>
    public PodTimeline? Take(Change<PodState> change)
    {
        var now = time.GetUtcNow();
        var served = _pods.TryGetValue(change.Item.Uid, out var pod) && pod.Serves;
        if (pod is null)
        {
            if (change.Kind == ChangeKind.Deleted || workloads.FirstOrDefault(workload => PodOwner.IsOwner(workload, change.Item)) is not { } owner)
                return null;
            _pods[change.Item.Uid] = pod = new PodTimeline(owner, change, now);
        }

        pod.Take(change, now);
        var workloadOf = _workloads[pod.Workload];
        workloadOf.Count(served, pod.Serves);
        Measure(workloadOf);
        if (_earlyEvents.Remove(change.Item.Uid, out var early))
            pod.Take(early, now);
        return pod;
    }

    /// <summary>Takes an event in.</summary>
    /// <param name="change">The event.</param>
    /// <returns>The pod it is about; null when it is about none that is known.</returns>
    public PodTimeline? Take(Change<ClusterEvent> change)
    {
        // Events outlive what they are about by an hour; those from before the change explain nothing.
        if (change.Kind is ChangeKind.Deleted or ChangeKind.Listed)
            return null;
        if (_events.Count < MostEvents)
            _events.Add(change.Item);
        if (_pods.TryGetValue(change.Item.ObjectUid, out var pod))
            pod.Take(change.Item, time.GetUtcNow());
        else if (change.Item.Object.StartsWith("pod/", StringComparison.Ordinal) && _earlyEvents.Count < MostEvents)
            _earlyEvents[change.Item.ObjectUid] = change.Item;
        return pod;
    }

    /// <summary>Whether a pod is of the revision being rolled out.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>True when it is.</returns>
    public bool IsNewest(PodTimeline pod) =>
        _workloads[pod.Workload].State is { } state && PodRevision.IsNewest(pod.State, state, _replicaSets.GetValueOrDefault(pod.State.OwnerUid ?? ""));

    /// <summary>What was seen, all of it.</summary>
    /// <param name="change">What was done.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="culprits">What stands in the way.</param>
    /// <returns>The record.</returns>
    public RolloutRecord ToRecord(string change, RolloutEnd end, IReadOnlyList<Culprit> culprits)
    {
        var now = time.GetUtcNow();
        List<PodRecord> pods = [.. _pods.Values.Select(pod => pod.ToRecord(IsNewest(pod)))];
        return new RolloutRecord
        {
            Change = change,
            From = From,
            To = now,
            End = end,
            Workloads = [.. Workloads.Select(workload => workload.ToRecord(now, pods.Where(pod => pod.Workload == workload.Reference)))],
            Pods = pods,
            Events = [.. _events.Where(IsOurs).OrderBy(happening => happening.Time)],
            Culprits = culprits,
        };
    }

    private void Measure(WorkloadTimeline workload)
    {
        if (_listed)
            workload.Measure(time.GetUtcNow());
    }

    private bool IsOurs(ClusterEvent happening) =>
        _pods.ContainsKey(happening.ObjectUid) || _replicaSets.ContainsKey(happening.ObjectUid) || workloads.Any(workload => workload.ToString() == happening.Object);
}
