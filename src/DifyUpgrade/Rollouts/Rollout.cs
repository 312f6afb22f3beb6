using DifyUpgrade.Cluster;
using DifyUpgrade.Helm;

namespace DifyUpgrade.Rollouts;

/// <summary>Makes a change and follows it to the true end of every rollout it starts; anything less is a failure.</summary>
/// <param name="access">The release.</param>
internal sealed class Rollout(ReleaseAccess access)
{
    // Looking at what went wrong must not itself hang on a cluster that is gone.
    private static readonly TimeSpan LookingLimit = TimeSpan.FromSeconds(30);

    /// <summary>Makes a change and waits.</summary>
    /// <param name="workloads">The workloads that must be rolled out in the end.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellation">Interrupts both.</param>
    /// <returns>When all are rolled out.</returns>
    /// <exception cref="DeploymentException">They are not; it names what keeps them.</exception>
    public async Task FollowAsync(IReadOnlyList<WorkloadReference> workloads, Func<Task> change, CancellationToken cancellation)
    {
        RolloutOutcome outcome;
        string? helmSaid = null;
        try
        {
            outcome = await new RolloutWatch(access).FollowAsync(workloads, change, access.Parameters.Timeout, cancellation);
        }
        catch (HelmException failure) when (failure.Failure is HelmFailure.TimedOut or HelmFailure.Other)
        {
            outcome = await JudgeAsync(workloads);
            helmSaid = failure.StandardError.Trim();
        }

        if (helmSaid is null && outcome.IsComplete)
            return;
        using var limit = new CancellationTokenSource(LookingLimit, access.Time);
        throw await new RolloutFailure(access).ExplainAsync(outcome, helmSaid, limit.Token);
    }

    private async Task<RolloutOutcome> JudgeAsync(IReadOnlyList<WorkloadReference> workloads)
    {
        using var limit = new CancellationTokenSource(LookingLimit, access.Time);
        List<KeyValuePair<WorkloadReference, RolloutVerdict>> verdicts = [];
        foreach (var workload in workloads)
        {
            var state = await access.Cluster.Workloads.ReadAsync(workload, limit.Token);
            verdicts.Add(KeyValuePair.Create(workload, state is null ? new RolloutVerdict(RolloutPhase.Failed, "it does not exist") : RolloutVerdicts.Of(state)));
        }

        return new RolloutOutcome(verdicts, TimedOut: false);
    }
}
