using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Reports.Page;

/// <summary>A workload's pods, each a line against time. Pure.</summary>
internal static class PodChart
{
    // Up to so many lines can be read with their names; more become a picture.
    private const int MostNamed = 40;
    private const double NamedHeight = 20;
    private const double PictureHeight = 640;
    private const double TallestLine = 6;
    private const double TextFoot = 6;

    /// <summary>Makes it.</summary>
    /// <param name="pods">The workload's pods, old ones first.</param>
    /// <param name="rollout">The rollout.</param>
    /// <param name="axis">Its time.</param>
    /// <returns>The HTML; none when there are no pods.</returns>
    public static Html Of(IReadOnlyList<PodRecord> pods, RolloutRecord rollout, TimeAxis axis)
    {
        if (pods.Count == 0)
            return Html.None;
        var isNamed = pods.Count <= MostNamed;
        var line = isNamed ? NamedHeight : Math.Min(TallestLine, PictureHeight / pods.Count);
        var gap = isNamed ? 4 : line > 2 ? 1 : 0;
        return Html.Of($"""
            <div class="{(isNamed ? "name pods" : "name many")}">{(isNamed ? pods.Select(Name) : Groups(pods))}</div>
            <svg height="{Math.Ceiling(line * pods.Count):0}" role="img" aria-label="pods against time">{axis.Grid()}{pods.Select((pod, i) => Line(pod, (i * line) + (gap / 2.0), line - gap, rollout, axis))}{(isNamed ? pods.Select((pod, i) => Trouble(pod, (i + 1) * line, axis)) : [])}</svg>
            """);
    }

    private static Html Name(PodRecord pod) => Html.Of($"""<span title="{pod.Pod}">{pod.Pod}{(pod.Restarts > 0 ? Html.Of($"""<em>{pod.Restarts}×</em>""") : Html.None)}</span>""");

    private static IEnumerable<Html> Groups(IReadOnlyList<PodRecord> pods) => pods
        .GroupBy(pod => pod.IsNew)
        .Select(group => Html.Of($"""<span style="flex:{group.Count()}">{group.Count()} pods of the {(group.Key ? "new" : "old")} revision</span>"""));

    private static Html Line(PodRecord pod, double top, double height, RolloutRecord rollout, TimeAxis axis) => Html.Of($"""
        <g{(pod.IsNew ? Html.None : new Html(" class=\"o\""))}><title>{Title(pod, axis)}</title>{PodSegments.Of(pod, rollout.From, rollout.To).Select(part => Html.Of($"""<rect class="{RolloutSection.Class(part.Doing)}" x="{axis.At(part.From):0.##}%" width="{axis.Width(part.From, part.To):0.##}%" y="{top:0.##}" height="{height:0.##}"/>"""))}</g>
        """);

    // Where it stood at the end says why it never took traffic.
    private static Html Trouble(PodRecord pod, double bottom, TimeAxis axis) => pod is not { Gone: null, Terminating: null } || pod.Readiness is [.., { Ready: true }]
        ? Html.None
        : Html.Of($"""<text x="{axis.At(pod.Started ?? pod.Seen):0.##}%" dx="8" y="{bottom - TextFoot:0.##}">{pod.Summary}</text>""");

    private static string Title(PodRecord pod, TimeAxis axis)
    {
        (string Words, DateTimeOffset? At)[] marks = [("seen", pod.WasThere ? null : pod.Seen), ("scheduled", pod.Scheduled), ("pulled", pod.Pulled), ("started", pod.Started), ("ready", pod.Ready), ("terminating", pod.Terminating), ("gone", pod.Gone)];
        var times = marks.Where(mark => mark.At is not null).Select(mark => $"{mark.Words} {axis.Since(mark.At!.Value)}");
        return $"{pod.Pod}: {pod.Summary}{(pod.Node is { } node ? $", on {node}" : "")}{(pod.Restarts > 0 ? $", {pod.Restarts} restarts" : "")}\n{string.Join(", ", times)}";
    }
}
