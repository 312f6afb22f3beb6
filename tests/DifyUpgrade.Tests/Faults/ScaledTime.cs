namespace DifyUpgrade.Tests.Faults;

/// <summary>Time that passes faster, so that thirty seconds of silence take one: the same limits, the same code.</summary>
internal sealed class ScaledTime(double factor) : TimeProvider
{
    private readonly long _started = System.GetTimestamp();
    private readonly DateTimeOffset _since = System.GetUtcNow();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _since + GetElapsedTime(_started);

    public override long GetTimestamp() => _started + (long)((System.GetTimestamp() - _started) * factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Real(dueTime), Real(period));

    private TimeSpan Real(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / factor;
}
