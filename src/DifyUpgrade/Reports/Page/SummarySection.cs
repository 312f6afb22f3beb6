using DifyUpgrade.Mounts;
using DifyUpgrade.Releases;

namespace DifyUpgrade.Reports.Page;

/// <summary>The head of the page: what happened to which release, and the numbers that matter. Pure.</summary>
internal static class SummarySection
{
    /// <summary>Makes it.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The HTML.</returns>
    public static Html Of(RunReport report) => Html.Of($"""
        <header class="{report.Outcome.ToString().ToLowerInvariant()}">
        <div class="head">
        <div class="mark" aria-hidden="true">{Mark(report.Outcome)}</div>
        <div>
        <h1>{ReportText.Title(report)}</h1>
        <p>Release <b>{report.Release.Name}</b>{Revision(report)} in namespace <b>{report.Release.Namespace}</b></p>
        <p class="dim">{report.Release.Context} · {report.Release.Server} · {report.From.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss")} UTC</p>
        </div>
        </div>
        <div class="tiles">
        {Tiles(report)}
        </div>
        </header>
        """);

    private static IEnumerable<Html> Tiles(RunReport report)
    {
        yield return Tile("Took", ReportText.Duration(report.To - report.From), ReportText.Count(report.Stages.Count, "stage"), "");
        var changed = report.Changes.Count(change => change.Kind != ObjectChangeKind.Unchanged);
        if (report.Changes.Count > 0)
            yield return Tile("Objects", $"{changed}", $"of {report.Changes.Count} differ", "");
        if (report.Rollouts.Count > 0)
        {
            foreach (var tile in Rollout(report))
                yield return tile;
        }

        var proven = report.Evidence.Count(row => row.Verdict == MountVerdict.Proven);
        if (report.Evidence.Count > 0)
            yield return Tile("Mounted files", $"{proven} / {report.Evidence.Count}", "proven", proven == report.Evidence.Count ? "good" : "bad");
        var errors = report.Findings.Count(finding => finding.Severity == Severity.Error);
        yield return errors > 0
            ? Tile("Errors", $"{errors}", $"and {ReportText.Count(report.Findings.Count - errors, "warning")}", "bad")
            : Tile("Warnings", $"{report.Findings.Count}", report.Findings.Count == 0 ? "nothing to look at" : "below", report.Findings.Count == 0 ? "" : "warn");
    }

    private static IEnumerable<Html> Rollout(RunReport report)
    {
        var pods = report.Rollouts.SelectMany(rollout => rollout.Pods).ToList();
        yield return Tile("Pods", $"{pods.Count(pod => !pod.WasThere)} new", $"{pods.Count(pod => pod.Gone is not null)} gone, {ReportText.Count(pods.Sum(pod => pod.Restarts), "restart")}", "");
        var below = report.Rollouts.SelectMany(rollout => rollout.Workloads).MaxBy(workload => workload.Availability.SecondsBelow);
        yield return below is { Availability.SecondsBelow: > 0 }
            ? Tile("Below the promise", $"{below.Availability.SecondsBelow:0.0} s", $"{below.Workload}: {below.Availability.FewestReady} of {below.Availability.Promised}", "bad")
            : Tile("Availability", "kept", "never fewer pods than promised", "good");
        if (report.Rollouts.LastOrDefault(rollout => rollout.Probe is not null)?.Probe is { } probe)
            yield return Tile("Requests", $"{probe.Requests}", probe.Failures == 0 ? "none failed" : $"{probe.Failures} failed, out for {probe.LongestOutageSeconds:0.0} s", probe.Failures == 0 ? "good" : "bad");
    }

    private static Html Tile(string title, string value, string detail, string mood) =>
        Html.Of($"""<div class="tile {mood}"><span>{title}</span><b>{value}</b><span class="dim">{detail}</span></div>""");

    private static string Revision(RunReport report) => report.Release.Revision is { } revision ? $", revision {revision}," : "";

    private static string Mark(RunOutcome outcome) => outcome switch { RunOutcome.Succeeded => "✓", RunOutcome.Failed => "✕", _ => "!" };
}
