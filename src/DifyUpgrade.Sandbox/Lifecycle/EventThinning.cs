namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>An event that was recorded before.</summary>
internal sealed class SeenEvent
{
    /// <summary>What it is stored as; null when it is not.</summary>
    public string? Name { get; set; }

    /// <summary>How often it happened.</summary>
    public int Count { get; set; }
}

/// <summary>Keeps events few, with the figures of client-go's EventCorrelator.</summary>
/// <param name="time">The time.</param>
internal sealed class EventThinning(PodTime time)
{
    private const int MostAlike = 10;
    private const int Burst = 25;
    private const int CacheSize = 4096;
    private static readonly TimeSpan AlikeFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Refill = TimeSpan.FromMinutes(5);

    private readonly Dictionary<object, SeenEvent> _seen = [];
    private readonly Dictionary<object, (HashSet<string> Messages, DateTimeOffset Last)> _alike = [];
    private readonly Dictionary<object, (double Left, DateTimeOffset At)> _budgets = [];

    /// <summary>Takes an event in.</summary>
    /// <returns>What it counts as, in which words, and whether it is to be stored.</returns>
    public (SeenEvent Seen, string Message, bool IsHeard) Take(EventDraft draft)
    {
        ForgetWhenFull();
        var alike = (draft.About.Uid, draft.FieldPath, draft.Type, draft.Reason, draft.Component, draft.Host);
        var isCombined = IsOneOfMany(alike, draft.Message);
        var key = isCombined ? (object)alike : (alike, draft.Message);
        if (!_seen.TryGetValue(key, out var seen))
            _seen[key] = seen = new SeenEvent();
        seen.Count++;
        return (seen, isCombined ? "(combined from similar events): " + draft.Message : draft.Message, IsHeard(draft));
    }

    private bool IsOneOfMany(object key, string message)
    {
        if (!_alike.TryGetValue(key, out var known) || time.Since(known.Last) > AlikeFor)
            known = ([], time.Now);
        known.Messages.Add(message);
        _alike[key] = (known.Messages, time.Now);
        if (known.Messages.Count < MostAlike)
            return false;
        known.Messages.Remove(message);
        return true;
    }

    // The newer events API has no such limit.
    private bool IsHeard(EventDraft draft)
    {
        if (draft.Action is not null)
            return true;
        var key = (draft.About.Uid, draft.Component, draft.Host);
        var (left, at) = _budgets.GetValueOrDefault(key, (Burst, time.Now));
        left = Math.Min(Burst, left + (time.Since(at) / Refill));
        _budgets[key] = (left >= 1 ? left - 1 : left, time.Now);
        return left >= 1;
    }

    private void ForgetWhenFull()
    {
        if (_seen.Count > CacheSize)
            _seen.Clear();
        if (_alike.Count > CacheSize)
            _alike.Clear();
        if (_budgets.Count > CacheSize)
            _budgets.Clear();
    }
}
