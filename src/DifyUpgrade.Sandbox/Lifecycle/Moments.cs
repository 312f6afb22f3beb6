using System.Globalization;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>
/// When things happened, finer than stamps tell. A stamp has whole seconds; at a speed of 100 that is off by more than a
/// minute of pod time. What was seen to happen is known exactly, the rest by its stamp.
/// </summary>
/// <param name="time">The time.</param>
internal sealed class Moments(PodTime time)
{
    private readonly Dictionary<(string Uid, string What), (string Stamp, DateTimeOffset At)> _seen = [];

    /// <summary>Notes that something happened now, unless this stamp of it is known.</summary>
    public void Saw(string uid, string what, string stamp)
    {
        if (!_seen.TryGetValue((uid, what), out var seen) || seen.Stamp != stamp)
            _seen[(uid, what)] = (stamp, time.Now);
    }

    /// <summary>How much pod time has passed since something with this stamp happened.</summary>
    public TimeSpan Since(string uid, string what, string? stamp)
    {
        if (stamp is null)
            return TimeSpan.MaxValue;
        return time.Since(_seen.TryGetValue((uid, what), out var seen) && seen.Stamp == stamp ? seen.At : DateTimeOffset.Parse(stamp, CultureInfo.InvariantCulture));
    }

    /// <summary>Forgets an object's.</summary>
    public void Forget(string uid, string what) => _seen.Remove((uid, what));
}
