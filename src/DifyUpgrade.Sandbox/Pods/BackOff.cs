namespace DifyUpgrade.Sandbox.Pods;

/// <summary>How long kubelet waits before it tries again: from 10 seconds on, doubling, up to five minutes.</summary>
/// <param name="time">The pods' time.</param>
internal sealed class BackOff(PodTime time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private DateTimeOffset _updated;

    /// <summary>The wait that holds now; zero before the first failure.</summary>
    public TimeSpan Current { get; private set; }

    /// <summary>How much of it is left, counted from when the thing last ended.</summary>
    public TimeSpan LeftSince(DateTimeOffset ended)
    {
        ForgetWhenOld();
        return Current - time.Since(ended) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
    }

    /// <summary>Counts one more try.</summary>
    public void Next()
    {
        ForgetWhenOld();
        Current = Current == TimeSpan.Zero ? First : Current * 2 < Longest ? Current * 2 : Longest;
        _updated = time.Now;
    }

    // What held out for twice the longest wait starts afresh.
    private void ForgetWhenOld()
    {
        if (Current > TimeSpan.Zero && time.Since(_updated) > Longest * 2)
            Current = TimeSpan.Zero;
    }
}
