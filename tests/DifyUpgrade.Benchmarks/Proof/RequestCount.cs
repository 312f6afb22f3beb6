using System.Diagnostics.Metrics;

namespace DifyUpgrade.Benchmarks.Proof;

/// <summary>Counts the HTTP requests that this process begins, those that end only with a watch included.</summary>
internal sealed class RequestCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private int _count;

    public RequestCount()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Name: "http.client.active_requests", Meter.Name: "System.Net.Http" })
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, change, _, _) =>
        {
            if (change > 0)
                Interlocked.Increment(ref _count);
        });
        _listener.Start();
    }

    /// <summary>How many so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
