using System.Text.Json;
using DifyUpgrade.Cluster;

namespace DifyUpgrade.Releases.Locking;

/// <summary>When an earlier run held the lock, so that what it left behind can be told from what somebody else is doing.</summary>
/// <param name="From">When it took the lock.</param>
/// <param name="To">When it let go, or last said that it lives.</param>
/// <param name="Machine">Where it ran.</param>
/// <param name="Timeout">What it gave helm, in seconds.</param>
/// <param name="InOrder">Whether it let go by itself: then its helm has ended, too.</param>
internal sealed record WorkWindow(DateTimeOffset From, DateTimeOffset To, string Machine, double Timeout, bool InOrder)
{
    /// <summary>The annotation that lists the runs before the holder.</summary>
    public const string Annotation = "dify-upgrade/earlier-runs";

    private const int Most = 5;
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    /// <summary>The runs that a Lease tells of, oldest first.</summary>
    /// <param name="lease">The Lease; null when there is none.</param>
    /// <param name="withHolder">Whether its holder, or the one who let it go last, is one of them.</param>
    public static IReadOnlyList<WorkWindow> In(LeaseState? lease, bool withHolder)
    {
        if (lease is null)
            return [];
        var windows = Parse(lease.Annotations.GetValueOrDefault(Annotation));
        if (withHolder && lease is { AcquiredAt: { } from, RenewedAt: { } to })
            windows.Add(new WorkWindow(from, to, lease.Annotations.GetValueOrDefault(LockHolder.MachineAnnotation, ""), TimeoutOf(lease), lease.Holder.Length == 0));
        return windows;
    }

    /// <summary>The annotation's text.</summary>
    /// <param name="windows">The runs, oldest first; of many the last.</param>
    public static string Write(IReadOnlyList<WorkWindow> windows) => JsonSerializer.Serialize(windows.TakeLast(Most), JsonSerializerOptions.Web);

    /// <summary>Whether something was begun by this run.</summary>
    /// <param name="moment">When it was begun, by the clock of whoever did.</param>
    public bool Covers(DateTimeOffset moment) => moment >= From - Rounding && moment <= To + (InOrder ? Rounding : ReleaseLock.Duration);

    private static double TimeoutOf(LeaseState lease) =>
        double.TryParse(lease.Annotations.GetValueOrDefault(LockHolder.TimeoutAnnotation), System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    private static List<WorkWindow> Parse(string? text)
    {
        try
        {
            return text is null ? [] : JsonSerializer.Deserialize<List<WorkWindow>>(text, JsonSerializerOptions.Web) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
