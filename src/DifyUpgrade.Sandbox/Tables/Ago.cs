namespace DifyUpgrade.Sandbox.Tables;

/// <summary>Spans of time in the short form that kubectl prints.</summary>
internal static class Ago
{
    /// <summary>How long ago a stamp was.</summary>
    public static string Of(string? stamp, DateTimeOffset now) => DateTimeOffset.TryParse(stamp, out var time) ? Short(now - time) : "<unknown>";

    /// <summary>A span in at most two units, rounded down.</summary>
    public static string Short(TimeSpan span)
    {
        var (seconds, minutes, hours) = ((long)span.TotalSeconds, (long)span.TotalMinutes, (long)span.TotalHours);
        return span.TotalSeconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 120 => $"{seconds}s",
            < 600 => Two(minutes, "m", seconds % 60, "s"),
            < 3 * 3600 => $"{minutes}m",
            < 8 * 3600 => Two(hours, "h", minutes % 60, "m"),
            < 48 * 3600 => $"{hours}h",
            < 8 * 86400 => Two(hours / 24, "d", hours % 24, "h"),
            < 2 * 365 * 86400L => $"{hours / 24}d",
            < 8 * 365 * 86400L => Two(hours / 24 / 365, "y", hours / 24 % 365, "d"),
            _ => $"{hours / 24 / 365}y",
        };
    }

    private static string Two(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? $"{large}{largeUnit}" : $"{large}{largeUnit}{small}{smallUnit}";
}
