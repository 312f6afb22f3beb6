using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Reports.Page;

/// <summary>How many of a workload's pods were ready, moment by moment, against how many were promised. Pure.</summary>
internal static class AvailabilityChart
{
    private const int Height = 64;
    private const int Margin = 4;

    // One pod of a thousand is no height at all, so a dip is drawn at the foot, too.
    private const int Strip = 5;

    /// <summary>Makes it.</summary>
    /// <param name="availability">The numbers.</param>
    /// <param name="rollout">The rollout they are of.</param>
    /// <param name="axis">Its time.</param>
    /// <returns>The HTML; none where there are no numbers.</returns>
    public static Html Of(AvailabilityRecord availability, RolloutRecord rollout, TimeAxis axis)
    {
        if (availability.Samples.Count == 0)
            return Html.None;
        var most = Math.Max(1, availability.Samples.Max(sample => Math.Max(sample.Ready, sample.Promised)));
        return Html.Of($"""
            <div class="name scale"><span>{most} ready</span><span>0</span></div>
            <svg class="availability" height="{Height}" role="img" aria-label="ready pods against time"><title>Ready pods against time: fewest {availability.FewestReady?.ToString() ?? "never as promised"}, promised {availability.Promised}</title>{axis.Grid()}{Steps(availability, rollout, axis, most)}</svg>
            """);
    }

    private static IEnumerable<Html> Steps(AvailabilityRecord availability, RolloutRecord rollout, TimeAxis axis, int most)
    {
        var kept = false;
        for (var i = 0; i < availability.Samples.Count; i++)
        {
            var sample = availability.Samples[i];
            var (left, width) = Span(sample.At, i + 1 < availability.Samples.Count ? availability.Samples[i + 1].At : rollout.To, axis);
            kept |= sample.Ready >= sample.Promised;
            var (ready, promised) = (Y(sample.Ready, most), Y(sample.Promised, most));
            yield return Html.Of($"""<rect class="area" x="{left:0.####}%" width="{width:0.####}%" y="{ready:0.0}" height="{Height - ready:0.0}"/><line class="ready" x1="{left:0.####}%" x2="{left + width:0.####}%" y1="{ready:0.0}" y2="{ready:0.0}"/>""");
            if (kept && sample.Ready < sample.Promised)
                yield return Html.Of($"""<rect class="dip" x="{left:0.####}%" width="{width:0.####}%" y="{promised:0.0}" height="{ready - promised:0.0}"/><rect class="dip" x="{left:0.####}%" width="{width:0.####}%" y="{Height - Strip}" height="{Strip}"><title>{sample.Ready} ready of {sample.Promised} promised from {axis.Since(sample.At)}</title></rect>""");
            yield return Html.Of($"""<line class="promise" x1="{left:0.####}%" x2="{left + width:0.####}%" y1="{promised:0.0}" y2="{promised:0.0}"/>""");
        }
    }

    private static (double Left, double Width) Span(DateTimeOffset from, DateTimeOffset to, TimeAxis axis) => (axis.At(from), axis.Width(from, to));

    private static double Y(int pods, int most) => Height - 1 - ((Height - 1 - Margin) * (double)pods / most);
}
