using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>Keeps one pod's timeline while its changes and events come in.</summary>
/// <param name="workload">The workload that made it.</param>
/// <param name="first">The first that was seen of it.</param>
/// <param name="at">When.</param>
internal sealed class PodTimeline(WorkloadReference workload, Change<PodState> first, DateTimeOffset at)
{
    private readonly List<ReadinessSample> _readiness = [];
    private DateTimeOffset? _scheduled;
    private DateTimeOffset? _pulled;
    private DateTimeOffset? _started;
    private DateTimeOffset? _ready;
    private DateTimeOffset? _terminating;
    private DateTimeOffset? _gone;

    /// <summary>The workload that made it.</summary>
    public WorkloadReference Workload => workload;

    /// <summary>Its last known state.</summary>
    public PodState State { get; private set; } = first.Item;

    /// <summary>Whether it was there before the change.</summary>
    public bool WasThere { get; } = first.Kind == ChangeKind.Listed;

    /// <summary>When it was first seen.</summary>
    public DateTimeOffset Seen => at;

    /// <summary>The last Warning about a volume of it; null when there was none.</summary>
    public ClusterEvent? VolumeTrouble { get; private set; }

    /// <summary>Whether it is gone.</summary>
    public bool IsGone => _gone is not null;

    /// <summary>Whether it takes traffic: a Service drops a pod when it is told to go, though it may still be called ready.</summary>
    public bool Serves => !IsGone && State is { Ready: true, Terminating: false };

    /// <summary>Since when it serves; null while it does not.</summary>
    public DateTimeOffset? ServesSince => Serves ? _readiness[^1].At : null;

    /// <summary>Takes a change in; also the first one.</summary>
    /// <param name="change">The change.</param>
    /// <param name="now">When it was seen.</param>
    public void Take(Change<PodState> change, DateTimeOffset now)
    {
        State = change.Item;
        if (change.Kind == ChangeKind.Deleted)
        {
            _terminating ??= now;
            _gone ??= now;
        }

        // What had happened before the watch began happened at a time that nobody saw.
        if (change.Kind != ChangeKind.Listed)
            Mark(now);
        if (_readiness is not [.., var last] || last.Ready != Serves)
            _readiness.Add(new ReadinessSample(now, Serves));
    }

    /// <summary>Takes an event about the pod in.</summary>
    /// <param name="happening">The event.</param>
    /// <param name="now">When it was seen.</param>
    public void Take(ClusterEvent happening, DateTimeOffset now)
    {
        if (happening.Reason == "Pulled")
            _pulled = now;
        else if (happening.Reason is "FailedMount" or "FailedAttachVolume")
            VolumeTrouble = happening;
    }

    /// <summary>What was seen of it.</summary>
    /// <param name="isNew">Whether it is of the revision being rolled out.</param>
    /// <returns>The record.</returns>
    public PodRecord ToRecord(bool isNew) => new()
    {
        Pod = State.Name,
        Namespace = State.Namespace,
        Uid = State.Uid,
        Workload = workload,
        Revision = PodRevision.Of(State),
        IsNew = isNew,
        WasThere = WasThere,
        Node = State.Node,
        Seen = at,
        Scheduled = _scheduled,
        Pulled = _pulled,
        Started = _started,
        Ready = _ready,
        Terminating = _terminating,
        Gone = _gone,
        Readiness = [.. _readiness],
        Restarts = State.Containers.Sum(container => container.Restarts),
        Summary = IsGone ? "gone" : PodSummary.Of(State),
    };

    private void Mark(DateTimeOffset now)
    {
        if (WasThere && first.Item.Ready)
        {
            _terminating ??= State.Terminating ? now : null;
            return;
        }

        _scheduled ??= State.Node is not null ? now : null;
        _started ??= State.Containers.Any(container => container.State == ContainerPhase.Running || container.Restarts > 0) ? now : null;
        _ready ??= Serves ? now : null;
        _terminating ??= State.Terminating ? now : null;
    }
}
