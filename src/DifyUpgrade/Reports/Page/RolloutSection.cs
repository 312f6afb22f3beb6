using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Reports.Page;

/// <summary>A rollout: for each workload its availability against the promise, and below it its pods against time. Pure.</summary>
internal static class RolloutSection
{
    private static readonly (PodDoing Doing, string Words)[] Legend =
    [
        (PodDoing.Waiting, "waits for a node"),
        (PodDoing.Pulling, "image comes"),
        (PodDoing.Creating, "is made"),
        (PodDoing.Starting, "starts"),
        (PodDoing.Ready, "ready"),
        (PodDoing.NotReady, "not ready any more"),
        (PodDoing.Terminating, "ends"),
    ];

    /// <summary>Makes it.</summary>
    /// <param name="rollout">The rollout.</param>
    /// <returns>The HTML.</returns>
    public static Html Of(RolloutRecord rollout)
    {
        var axis = new TimeAxis(rollout.From, rollout.To);
        return Html.Of($"""
            <section>
            <h2>Rollout <span class="dim">{rollout.Change}, {ReportText.Duration(rollout.To - rollout.From)}, {Words(rollout.End)}</span></h2>
            {Said(rollout)}
            <div class="legend">{Legend.Select(entry => Html.Of($"""<span><i class="{Class(entry.Doing)}"></i>{entry.Words}</span>"""))}<span><i class="old"></i>ready, of the old revision</span><span><i class="promise"></i>promised</span><span><i class="dip"></i>fewer ready than promised</span></div>
            {rollout.Workloads.Select(workload => Workload(workload, rollout, axis))}
            </section>
            """);
    }

    /// <summary>The class of a segment, as short as it can be: a thousand pods have thousands of them.</summary>
    /// <param name="doing">What the pod does.</param>
    /// <returns>The class.</returns>
    public static string Class(PodDoing doing) => doing switch
    {
        PodDoing.Waiting => "w",
        PodDoing.Pulling => "p",
        PodDoing.Creating => "c",
        PodDoing.Starting => "s",
        PodDoing.Ready => "r",
        PodDoing.NotReady => "n",
        _ => "t",
    };

    private static Html Workload(WorkloadRecord workload, RolloutRecord rollout, TimeAxis axis)
    {
        List<PodRecord> pods = [.. rollout.Pods.Where(pod => pod.Workload == workload.Workload).OrderBy(pod => pod.IsNew).ThenBy(pod => pod.Seen)];
        return Html.Of($"""
            <div class="workload">
            <h3>{workload.Workload.ToString()} <span class="badge {Mood(workload.Verdict.Phase)}">{workload.Verdict.Reason}</span></h3>
            <p class="{(workload.Availability.SecondsBelow > 0 ? "bad" : "dim")}">{(workload.Availability.FewestReady is null ? "The promise was never kept, so there was none to break" : AvailabilityLines.Of(workload.Availability))}{(workload.UpdateStrategy.Length > 0 ? $" · {workload.UpdateStrategy}, {workload.Desired} wanted" : "")}</p>
            <div class="chart">
            {AvailabilityChart.Of(workload.Availability, rollout, axis)}
            {PodChart.Of(pods, rollout, axis)}
            <div class="name"></div>{axis.Labels()}
            </div>
            </div>
            """);
    }

    private static Html Said(RolloutRecord rollout) => Html.Of($"""
        {(rollout.HelmSaid is { } said ? Html.Of($"""<p class="bad">helm: {said}</p>""") : Html.None)}{(rollout.Probe is { } probe ? Html.Of($"""<p class="{(probe.Failures > 0 ? "bad" : "dim")}">{AvailabilityLines.Of(probe)}</p>""") : Html.None)}
        """);

    private static string Mood(RolloutPhase phase) => phase switch { RolloutPhase.Complete => "good", RolloutPhase.Failed => "bad", _ => "warn" };

    private static string Words(RolloutEnd end) => end switch
    {
        RolloutEnd.Complete => "complete",
        RolloutEnd.Failed => "failed",
        RolloutEnd.Stuck => "stuck on what will not heal",
        RolloutEnd.TimedOut => "out of time",
        RolloutEnd.ChangeFailed => "the change failed",
        _ => "interrupted",
    };
}
