namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>An object that a controller should look at.</summary>
/// <param name="Controller">Who.</param>
/// <param name="Name">At what.</param>
internal readonly record struct WorkItem(Controller Controller, ObjectName Name);

/// <summary>What is to be looked at, each once, first come first served; and what is to be looked at later.</summary>
internal sealed class WorkQueue
{
    private readonly Queue<WorkItem> _ready = new();
    private readonly HashSet<WorkItem> _queued = [];
    private readonly PriorityQueue<WorkItem, DateTimeOffset> _later = new();
    private readonly Dictionary<WorkItem, DateTimeOffset> _due = [];

    /// <summary>When the next item comes due; null when none waits.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            // What was put off or brought forward since has another due time.
            while (_later.TryPeek(out var item, out var due) && (!_due.TryGetValue(item, out var current) || current != due))
                _later.Dequeue();
            return _later.TryPeek(out _, out var next) ? next : null;
        }
    }

    /// <summary>Puts an item at the end, unless it is in already.</summary>
    public void Add(WorkItem item)
    {
        if (_queued.Add(item))
            _ready.Enqueue(item);
    }

    /// <summary>Puts an item in at a time; replaces an earlier wish for it.</summary>
    public void AddAt(WorkItem item, DateTimeOffset due)
    {
        _due[item] = due;
        _later.Enqueue(item, due);
    }

    /// <summary>Takes the next item out. Whoever looks at it decides anew whether to look again later.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTake(DateTimeOffset now, out WorkItem item)
    {
        while (NextDue <= now)
            Add(_later.Dequeue(), _due);
        if (!_ready.TryDequeue(out item))
            return false;
        _queued.Remove(item);
        _due.Remove(item);
        return true;
    }

    private void Add(WorkItem item, Dictionary<WorkItem, DateTimeOffset> due)
    {
        due.Remove(item);
        Add(item);
    }
}
