using System.Text.RegularExpressions;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Diagnosis.Causes;

/// <summary>A probe fails: the container runs and does not answer as it should.</summary>
internal static partial class ProbeFailing
{
    /// <summary>Recognises it.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>A cause for each workload, with the last answer.</returns>
    public static IEnumerable<Cause> In(FailureEvidence evidence) =>
        from pod in evidence.Pods
        where !pod.State.Ready && pod.State.NotScheduled is null && Obstacles.Of(pod.State, null) is null
        let last = evidence.Events.LastOrDefault(happening => happening.Object == pod.Name && happening.Reason == "Unhealthy" && Probe().IsMatch(happening.Message))
        where last is not null
        let probe = Probe().Match(last.Message)
        group (pod, probe, last) by pod.Workload into alike
        let first = alike.First()
        select new Cause(
            "probe-failing",
            $"The {first.probe.Groups["kind"].Value.ToLowerInvariant()} probe of {alike.Key} fails ({first.last.Count} times), last: {first.probe.Groups["answer"].Value.Trim()}",
            first.pod.Name,
            $"kubectl logs {first.pod.Name} -n {evidence.Namespace}\nIf it only needs longer: readinessProbe.initialDelaySeconds in the values files, and --timeout");

    [GeneratedRegex("(?<kind>Readiness|Liveness|Startup) probe (failed|errored):(?<answer>.*)", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Probe();
}
