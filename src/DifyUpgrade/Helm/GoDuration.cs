using System.Globalization;

namespace DifyUpgrade.Helm;

/// <summary>Durations the way Go, and so helm's <c>--timeout</c>, writes them.</summary>
internal static class GoDuration
{
    /// <summary>Formats a duration as Go's <c>time.Duration</c> does, to the millisecond: <c>10m0s</c>, <c>1h0m0s</c>, <c>1.5s</c>.</summary>
    /// <param name="duration">The duration; not negative.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public static string Format(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        if (duration > TimeSpan.Zero && duration < TimeSpan.FromSeconds(1))
            return $"{duration.Milliseconds}ms";

        var hours = (long)duration.TotalHours;
        var seconds = (duration.Seconds + (duration.Milliseconds / 1000m)).ToString("0.###", CultureInfo.InvariantCulture);
        if (hours > 0)
            return $"{hours}h{duration.Minutes}m{seconds}s";
        return duration.Minutes > 0 ? $"{duration.Minutes}m{seconds}s" : $"{seconds}s";
    }
}
