using DifyUpgrade.Helm;

namespace DifyUpgrade.Releases;

/// <summary>How old a revision is, in words as short as kubectl's.</summary>
internal static class AgeText
{
    /// <summary>Such as <c>45s</c>, <c>12m</c>, <c>3h5m</c> or <c>12d</c>.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="now">The time now.</param>
    public static string Of(HelmRevision revision, DateTimeOffset now)
    {
        if (revision.Updated == DateTimeOffset.MinValue)
            return "an unknown time";
        var age = now - revision.Updated;
        return age switch
        {
            { TotalMinutes: < 2 } => $"{Math.Max(0, (int)age.TotalSeconds)}s",
            { TotalHours: < 2 } => $"{(int)age.TotalMinutes}m",
            { TotalDays: < 2 } => $"{(int)age.TotalHours}h{age.Minutes}m",
            _ => $"{(int)age.TotalDays}d",
        };
    }
}
