using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>How the rollouts of a release ended.</summary>
/// <param name="Verdicts">The last verdict of each workload.</param>
/// <param name="TimedOut">Whether the time was up before they ended.</param>
internal sealed record RolloutOutcome(IReadOnlyList<KeyValuePair<WorkloadReference, RolloutVerdict>> Verdicts, bool TimedOut)
{
    /// <summary>Whether every workload is truly rolled out.</summary>
    public bool IsComplete => Verdicts.All(verdict => verdict.Value.Phase == RolloutPhase.Complete);

    /// <summary>The workloads that are not rolled out.</summary>
    public IEnumerable<KeyValuePair<WorkloadReference, RolloutVerdict>> Open => Verdicts.Where(verdict => verdict.Value.Phase != RolloutPhase.Complete);
}
