namespace DifyUpgrade.Sandbox;

/// <summary>
/// The time that pods and controllers live in. It passes <c>speed</c> times faster than real time: what Kubernetes does
/// after 30 seconds happens after 30 / speed. Stamps are real time, so that ages and logs agree with the wall clock.
/// </summary>
/// <param name="real">Real time.</param>
/// <param name="speed">Seconds of pod time in one real second; above zero.</param>
internal sealed class PodTime(TimeProvider real, double speed)
{
    /// <summary>Real time.</summary>
    public TimeProvider Real { get; } = real;

    /// <summary>Seconds of pod time in one real second.</summary>
    public double Speed { get; } = speed > 0 ? speed : throw new ArgumentOutOfRangeException(nameof(speed), speed, "The speed must be above zero.");

    /// <summary>The real time, for stamps.</summary>
    public DateTimeOffset Now => Real.GetUtcNow();

    /// <summary>How long a span of pod time takes in real time.</summary>
    public TimeSpan ToReal(TimeSpan podTime) => podTime / Speed;

    /// <summary>How much pod time has passed since a stamp.</summary>
    public TimeSpan Since(DateTimeOffset stamp) => (Now - stamp) * Speed;

    /// <summary>Waits for a span of pod time.</summary>
    public Task Delay(TimeSpan podTime, CancellationToken cancellation) => Task.Delay(ToReal(podTime), Real, cancellation);

    /// <summary>A timer whose times are pod time; <see cref="ITimer.Change"/> of what it returns takes real time.</summary>
    public ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan due, TimeSpan period) =>
        Real.CreateTimer(callback, state, Scaled(due), Scaled(period));

    private TimeSpan Scaled(TimeSpan podTime) => podTime == Timeout.InfiniteTimeSpan ? podTime : ToReal(podTime);
}
