namespace DifyUpgrade.Reports.Page;

/// <summary>Places moments on a width, in percent. Pure.</summary>
/// <param name="from">The left edge.</param>
/// <param name="to">The right edge.</param>
internal sealed class TimeAxis(DateTimeOffset from, DateTimeOffset to)
{
    private const double All = 100;
    private const int MostTicks = 8;

    private static readonly int[] Steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];

    private readonly double _seconds = Math.Max((to - from).TotalSeconds, 0.001);

    /// <summary>Where a moment lies; what lies outside is moved to the edge.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>Percent from the left.</returns>
    public double At(DateTimeOffset moment) => Math.Clamp((moment - from).TotalSeconds / _seconds * All, 0, All);

    /// <summary>How wide a span is.</summary>
    /// <param name="start">Its start.</param>
    /// <param name="end">Its end.</param>
    /// <returns>Percent of the width.</returns>
    public double Width(DateTimeOffset start, DateTimeOffset end) => Math.Max(At(end) - At(start), 0);

    /// <summary>A moment, counted from the left edge.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>Such as <c>+4.2 s</c>.</returns>
    public string Since(DateTimeOffset moment) => $"+{ReportText.Duration(moment - from)}";

    /// <summary>The lines of a grid, for a picture.</summary>
    /// <returns>SVG.</returns>
    public IEnumerable<Html> Grid() => Ticks().Select(tick => Html.Of($"""<line class="grid" x1="{Percent(tick):0.00}%" x2="{Percent(tick):0.00}%" y1="0" y2="100%"/>"""));

    /// <summary>The times under a grid.</summary>
    /// <returns>HTML.</returns>
    public Html Labels() => Html.Of($"""<div class="axis">{Ticks().Select(tick => Html.Of($"""<span style="left:{Percent(tick):0.00}%">{Label(tick)}</span>"""))}</div>""");

    private static string Label(int seconds) => seconds < 60 ? $"{seconds} s" : seconds % 60 == 0 ? $"{seconds / 60} min" : $"{seconds / 60}:{seconds % 60:00}";

    private double Percent(int seconds) => seconds / _seconds * All;

    private IEnumerable<int> Ticks()
    {
        var step = Array.Find(Steps, candidate => _seconds / candidate <= MostTicks);
        if (step == 0)
            step = Steps[^1];
        for (var tick = 0; tick <= _seconds; tick += step)
            yield return tick;
    }
}
