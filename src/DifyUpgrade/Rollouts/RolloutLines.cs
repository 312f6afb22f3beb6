using DifyUpgrade.Cluster;
using DifyUpgrade.Helm;
using Serilog;

namespace DifyUpgrade.Rollouts;

/// <summary>One line for each change of a pod or workload that a person would notice.</summary>
/// <param name="log">Where to.</param>
/// <param name="grace">How long an obstacle may stand, for the warning.</param>
/// <param name="isDrawn">Whether a picture shows every change already; then only what is wrong takes a line.</param>
internal sealed class RolloutLines(ILogger log, TimeSpan grace, bool isDrawn)
{
    // The end of a run quotes the cluster in full; on the way a line is to stay a line.
    private const int LongestQuote = 160;

    private readonly Dictionary<PodTimeline, string> _pods = [];
    private readonly Dictionary<WorkloadTimeline, RolloutVerdict> _workloads = [];
    private readonly HashSet<(WorkloadReference, ObstacleKind)> _warned = [];

    /// <summary>Says what a pod looks like now, when that is news.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="kind">What happened to it.</param>
    public void Say(PodTimeline pod, ChangeKind kind)
    {
        var summary = pod.IsGone ? "gone" : PodSummary.Of(pod.State);
        var isNew = !_pods.TryGetValue(pod, out var before);
        _pods[pod] = summary;

        // What was there before the change is not news.
        if (!isDrawn && summary != before && !(isNew && kind == ChangeKind.Listed))
            log.Information("  pod/{Pod:l} {Summary:l}", pod.State.Name, summary);
    }

    /// <summary>Says how far a workload is, when that is news.</summary>
    /// <param name="workload">The workload.</param>
    public void Say(WorkloadTimeline workload)
    {
        if (_workloads.TryGetValue(workload, out var last) && last == workload.Verdict)
            return;
        _workloads[workload] = workload.Verdict;
        if (!isDrawn)
            log.Information("{Workload:l}: {Reason:l}", workload.Reference.ToString(), workload.Verdict.Reason);
    }

    /// <summary>Names the culprits at once, though helm may still wait.</summary>
    /// <param name="culprits">What stands in the way.</param>
    /// <param name="request">The change.</param>
    public void Say(IReadOnlyList<Culprit> culprits, RolloutRequest request)
    {
        foreach (var culprit in culprits)
            log.Warning("{Workload:l} cannot roll out: {Pod:l}{Said:l}", culprit.Workload.ToString(), culprit.Pod is { } pod ? $"pod/{pod}, " : "", Short(culprit.Obstacle.Said));
        log.Information("{What:l}", request.Interruptible ? $"Giving up before the timeout: {request.Change} is interrupted, not killed" : $"{request.Change} cannot be interrupted without leaving the release pending; waiting for it");
    }

    /// <summary>Warns of an obstacle, once for each workload and kind: what it is, and how long it may stand.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="obstacle">The obstacle.</param>
    public void Warn(PodTimeline pod, Obstacle obstacle)
    {
        if (_warned.Add((pod.Workload, obstacle.Kind)))
            log.Warning("  pod/{Pod:l}: {Said:l}; ends the rollout unless it heals within {Grace:l} (--failure-grace)", pod.State.Name, Short(obstacle.Said), GoDuration.Format(grace));
    }

    private static string Short(string said) => said.Length <= LongestQuote ? said : said[..LongestQuote] + "…";
}
