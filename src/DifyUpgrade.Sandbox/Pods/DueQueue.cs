namespace DifyUpgrade.Sandbox.Pods;

/// <summary>
/// Everything that is to happen later on the simulated nodes: one queue ordered by time and one timer, however many
/// pods there are. What is due runs under the gate, one thing after another.
/// </summary>
/// <param name="time">The pods' time.</param>
/// <param name="gate">Held while something runs, and by everybody who adds to the queue.</param>
/// <param name="guard">Runs what is due; no failure may come out of it.</param>
internal sealed class DueQueue(PodTime time, Lock gate, Action<Action> guard) : IDisposable
{
    private readonly PriorityQueue<DueAction, (DateTimeOffset Due, long Number)> _queue = new();
    private ITimer? _timer;
    private DateTimeOffset _armedFor = DateTimeOffset.MaxValue;
    private long _count;
    private bool _ended;

    /// <summary>Lets something happen after a span of pod time.</summary>
    public DueAction After(TimeSpan podTime, Action action)
    {
        var due = new DueAction(action);
        _queue.Enqueue(due, (time.Now + time.ToReal(podTime), _count++));
        Arm();
        return due;
    }

    /// <summary>Nothing happens any more.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            _ended = true;
            _timer?.Dispose();
        }
    }

    private void RunDue()
    {
        lock (gate)
        {
            _armedFor = DateTimeOffset.MaxValue;
            while (!_ended && _queue.TryPeek(out _, out var key) && key.Due <= time.Now)
                guard(_queue.Dequeue().Run);
            Arm();
        }
    }

    private void Arm()
    {
        while (_queue.TryPeek(out var next, out _) && next.IsCancelled)
            _queue.Dequeue();
        if (_ended || !_queue.TryPeek(out _, out var key) || key.Due >= _armedFor)
            return;
        _armedFor = key.Due;

        // Timers count whole milliseconds and round down: rounded up here, or the timer would run idle until it is due.
        var wait = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((key.Due - time.Now).TotalMilliseconds)));
        if (_timer is null)
            _timer = time.Real.CreateTimer(_ => RunDue(), null, wait, Timeout.InfiniteTimeSpan);
        else
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}

/// <summary>Something that happens later, unless it is cancelled.</summary>
/// <param name="action">What happens.</param>
internal sealed class DueAction(Action action)
{
    private Action? _action = action;

    /// <summary>Whether it will not happen any more.</summary>
    public bool IsCancelled => _action is null;

    /// <summary>It does not happen any more.</summary>
    public void Cancel() => _action = null;

    /// <summary>It happens, once.</summary>
    public void Run()
    {
        var action = _action;
        _action = null;
        action?.Invoke();
    }
}
