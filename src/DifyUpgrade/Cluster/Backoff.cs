namespace DifyUpgrade.Cluster;

/// <summary>Pauses that double from a quarter of a second to ten seconds, so that reconnects cannot become a storm.</summary>
/// <param name="time">Measures the pauses.</param>
internal sealed class Backoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private TimeSpan _next = First;

    /// <summary>Starts over: the last try was good.</summary>
    public void Reset() => _next = First;

    /// <summary>Waits, and will wait longer the next time.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When the pause is over.</returns>
    public async Task PauseAsync(CancellationToken cancellation)
    {
        var pause = _next;
        _next = pause * 2 < Longest ? pause * 2 : Longest;
        await Task.Delay(pause, time, cancellation);
    }
}
