namespace DifyUpgrade.Rollouts;

/// <summary>Measures one workload's ready pods against the promise, from one change to the next.</summary>
internal sealed class AvailabilityMeter
{
    private readonly List<AvailabilitySample> _samples = [];
    private TimeSpan _below;
    private int? _fewest;

    /// <summary>Takes the numbers of a moment in.</summary>
    /// <param name="at">The moment, not before the last one.</param>
    /// <param name="ready">Pods that take traffic.</param>
    /// <param name="promised">Pods that should at least.</param>
    public void Take(DateTimeOffset at, int ready, int promised)
    {
        if (_samples is [.., var last])
        {
            if (last.Ready == ready && last.Promised == promised)
                return;
            _below += BelowUntil(at);
        }

        _samples.Add(new AvailabilitySample(at, ready, promised));

        // A workload that is new, or was broken before, has no promise to break until it first keeps it.
        if (_fewest is not null || ready >= promised)
            _fewest = Math.Min(_fewest ?? ready, ready);
    }

    /// <summary>What it comes to.</summary>
    /// <param name="end">When measuring ended.</param>
    /// <returns>The numbers.</returns>
    public AvailabilityRecord ToRecord(DateTimeOffset end) => new()
    {
        Promised = _samples is [.., var last] ? last.Promised : 0,
        FewestReady = _fewest,
        SecondsBelow = Math.Round((_below + BelowUntil(end)).TotalSeconds, 3),
        Samples = [.. _samples],
    };

    private TimeSpan BelowUntil(DateTimeOffset at) =>
        _fewest is not null && _samples is [.., var last] && last.Ready < last.Promised ? at - last.At : TimeSpan.Zero;
}
