using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace DifyUpgrade.Tests.Cluster;

/// <summary>
/// A clock on which every pause ends at once and is written down, while longer limits (30 s and more) never pass: no
/// test waits, and none depends on how busy the machine is.
/// </summary>
internal sealed class SteppingTime : FakeTimeProvider
{
    private static readonly TimeSpan ShortestLimit = TimeSpan.FromSeconds(30);

    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= ShortestLimit || dueTime == Timeout.InfiniteTimeSpan)
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        Pauses.Enqueue(dueTime);
        return TimeProvider.System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
