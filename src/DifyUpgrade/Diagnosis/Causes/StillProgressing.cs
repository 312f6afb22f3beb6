using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Diagnosis.Causes;

/// <summary>The time was up, and nothing was in the way: it just takes longer.</summary>
internal static class StillProgressing
{
    /// <summary>Recognises it.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>The cause, if it is there.</returns>
    public static IEnumerable<Cause> In(FailureEvidence evidence)
    {
        if (evidence.Rollout is not { End: RolloutEnd.TimedOut } rollout || rollout.Workloads.Any(workload => workload.Verdict.Phase == RolloutPhase.Failed))
            yield break;
        var open = rollout.Workloads.Where(workload => workload.Verdict.Phase == RolloutPhase.Progressing).ToList();
        yield return new Cause(
            "still-progressing",
            $"The time was up after {(rollout.To - rollout.From).TotalSeconds:0} s while everything still progressed: {string.Join("; ", open.Select(workload => $"{workload.Workload}: {workload.Verdict.Reason}"))}",
            $"namespace {evidence.Namespace}",
            "It may yet end well: ./build.sh Status, then ./build.sh VerifyMount; the next time allow more: --timeout 20m");
    }
}
