using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>Keeps one workload's state, verdict and availability while changes come in.</summary>
/// <param name="reference">Which workload.</param>
internal sealed class WorkloadTimeline(WorkloadReference reference)
{
    private static readonly RolloutVerdict Missing = new(RolloutPhase.Failed, "it does not exist");

    private readonly AvailabilityMeter _meter = new();
    private int _serving;
    private int _desiredBefore;
    private long _firstGeneration;
    private bool _hadGivenUp;

    /// <summary>Which workload.</summary>
    public WorkloadReference Reference => reference;

    /// <summary>Its last known state; null when it does not exist.</summary>
    public WorkloadState? State { get; private set; }

    /// <summary>The last verdict.</summary>
    public RolloutVerdict Verdict { get; private set; } = Missing;

    /// <summary>Whether it was changed since watching began.</summary>
    public bool IsChanged => State is { } state && state.Generation > _firstGeneration;

    /// <summary>Takes a state in.</summary>
    /// <param name="state">The state.</param>
    /// <returns>False when it is older than one already known.</returns>
    public bool Take(WorkloadState state)
    {
        if (State is { } known && state.Generation < known.Generation && state.Uid == known.Uid)
            return false;
        if (State is null)
            (_desiredBefore, _firstGeneration, _hadGivenUp) = (state.Desired, state.Generation, state.ProgressDeadlineExceeded);
        State = state;

        // The controller's word on the rollout before stands until it has something to say about this one.
        _hadGivenUp &= state.ProgressDeadlineExceeded;
        Verdict = RolloutVerdicts.Of(_hadGivenUp && IsChanged ? state with { ProgressDeadlineExceeded = false } : state);
        return true;
    }

    /// <summary>Counts a pod that begins or ceases to serve.</summary>
    /// <param name="before">Whether it served.</param>
    /// <param name="now">Whether it serves.</param>
    public void Count(bool before, bool now) => _serving += (now ? 1 : 0) - (before ? 1 : 0);

    /// <summary>Measures the moment.</summary>
    /// <param name="at">The moment.</param>
    public void Measure(DateTimeOffset at)
    {
        if (State is { } state)
            _meter.Take(at, _serving, AvailabilityPromise.Of(state, _desiredBefore));
    }

    /// <summary>What was seen of it.</summary>
    /// <param name="end">When watching ended.</param>
    /// <param name="pods">Its pods.</param>
    /// <returns>The record.</returns>
    public WorkloadRecord ToRecord(DateTimeOffset end, IEnumerable<PodRecord> pods) => new()
    {
        Workload = reference,
        Verdict = Verdict,
        Desired = State?.Desired ?? 0,
        UpdateStrategy = State?.UpdateStrategy ?? "",
        Availability = _meter.ToRecord(end),
        Revisions = [.. pods.GroupBy(pod => pod.Revision, StringComparer.Ordinal).Select(group => new RevisionRecord(group.Key, group.First().IsNew)).OrderBy(revision => revision.IsNew)],
    };
}
