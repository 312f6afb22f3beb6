using DifyUpgrade.Helm;
using DifyUpgrade.Parameters;

namespace DifyUpgrade.Rollouts;

/// <summary>Says what is wrong with how a rollout ended; pure.</summary>
internal static class RolloutFindings
{
    /// <summary>Judges a rollout.</summary>
    /// <param name="record">What was seen.</param>
    /// <param name="parameters">What was asked for.</param>
    /// <returns>What ends the run; empty when it is well.</returns>
    public static IReadOnlyList<Finding> Of(RolloutRecord record, DeploymentParameters parameters)
    {
        if (record.End == RolloutEnd.Complete)
            return [.. Dips(record, parameters)];

        List<Finding> findings = [];
        if (record.HelmSaid is not null)
            findings.Add(Finding.Error(record.HelmSaid, "helm", "./build.sh Status"));
        findings.AddRange(record.Culprits.Select(Of));
        findings.AddRange(record.Workloads
            .Where(workload => workload.Verdict.Phase != RolloutPhase.Complete && record.Culprits.All(culprit => culprit.Workload != workload.Workload))
            .Select(workload => Of(workload, record, parameters)));
        return findings;
    }

    private static Finding Of(Culprit culprit) => Finding.Error(
        $"{culprit.Workload} cannot roll out: {culprit.Obstacle.Said}{(culprit.Others > 0 ? $" ({culprit.Others} more pods alike)" : "")}",
        culprit.Pod is { } pod ? $"pod/{pod}" : $"namespace {culprit.Workload.Namespace}",
        culprit.Pod is { } name ? $"kubectl describe pod {name} -n {culprit.Workload.Namespace}\nPods that were ready keep serving. Go back: ./build.sh Rollback" : "Pods that were ready keep serving. Go back: ./build.sh Rollback");

    private static Finding Of(WorkloadRecord workload, RolloutRecord record, DeploymentParameters parameters) => Finding.Error(
        $"{workload.Workload} is not rolled out: {workload.Verdict.Reason}{(record.End == RolloutEnd.TimedOut ? $" within {GoDuration.Format(parameters.Timeout)}" : "")}",
        $"namespace {workload.Workload.Namespace}",
        "Pods that were ready keep serving. Go back: ./build.sh Rollback; or give it more time: --timeout 20m");

    private static IEnumerable<Finding> Dips(RolloutRecord record, DeploymentParameters parameters)
    {
        if (parameters.MaxUnavailableSeconds is not { } limit)
            yield break;
        foreach (var workload in record.Workloads.Where(workload => workload.Availability.SecondsBelow > limit))
        {
            yield return Finding.Error(
                $"{workload.Workload} was less available than promised: {AvailabilityLines.Of(workload.Availability)}, more than the {limit} s allowed",
                $"namespace {workload.Workload.Namespace}",
                "It is rolled out all the same. Give it a probe and a surge that keep the promise, or allow more: --max-unavailable-seconds");
        }

        if (record.Probe is { } probe && probe.LongestOutageSeconds > limit)
            yield return Finding.Error(AvailabilityLines.Of(probe), "--probe-url", $"It is rolled out all the same, but was out for more than the {limit} s allowed: --max-unavailable-seconds");
    }
}
