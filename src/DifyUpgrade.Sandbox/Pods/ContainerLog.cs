using System.Text;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>What one instance of a container wrote, as the container runtime keeps it: lines with their time.</summary>
internal sealed class ContainerLog
{
    // As much as kubelet keeps of a container by default is 10 MiB; a stand-in says far less.
    private const int Limit = 20_000;

    private readonly Lock _gate = new();
    private readonly List<LogLine> _lines = [];
    private readonly Dictionary<bool, StringBuilder> _unfinished = new() { [false] = new(), [true] = new() };
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _dropped;
    private bool _ended;

    /// <summary>Adds what was written.</summary>
    public void Add(DateTimeOffset at, ReadOnlySpan<byte> bytes, bool toError)
    {
        lock (_gate)
        {
            var text = _unfinished[toError].Append(Encoding.UTF8.GetString(bytes)).ToString();
            var end = text.LastIndexOf('\n');
            _unfinished[toError].Clear().Append(text.AsSpan(end + 1));
            if (end >= 0)
                AddLines(at, text[..end]);
        }
    }

    /// <summary>Nothing more will come.</summary>
    public void End(DateTimeOffset at)
    {
        lock (_gate)
        {
            foreach (var rest in _unfinished.Values.Where(rest => rest.Length > 0))
                AddLines(at, rest.ToString());
            _ended = true;
            _news.TrySetResult();
        }
    }

    /// <summary>The last lines that say something, as <c>FallbackToLogsOnError</c> takes them over into the status.</summary>
    public string Tail(int lines)
    {
        lock (_gate)
            return string.Concat(_lines.TakeLast(lines).Select(line => line.Text + "\n"));
    }

    /// <summary>The lines from a number on.</summary>
    /// <param name="from">Number of the first line wanted, counted from the very first one.</param>
    /// <returns>The lines, the number to go on from, and what tells of more; null when there will be none.</returns>
    public (IReadOnlyList<LogLine> Lines, long Next, Task? More) Read(long from)
    {
        lock (_gate)
        {
            var skip = (int)Math.Clamp(from - _dropped, 0, _lines.Count);
            return (_lines[skip..], _dropped + _lines.Count, _ended ? null : _news.Task);
        }
    }

    private void AddLines(DateTimeOffset at, string text)
    {
        foreach (var line in text.Split('\n'))
            _lines.Add(new LogLine(at, line));
        if (_lines.Count > Limit)
        {
            _dropped += Limit / 2;
            _lines.RemoveRange(0, Limit / 2);
        }

        var news = _news;
        _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        news.TrySetResult();
    }
}

/// <summary>A line of a log.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Text">The line, without line feed.</param>
internal sealed record LogLine(DateTimeOffset At, string Text);
