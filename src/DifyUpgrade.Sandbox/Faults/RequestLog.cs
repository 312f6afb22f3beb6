namespace DifyUpgrade.Sandbox.Faults;

/// <summary>A request as far as a fault can be about it.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path, without query.</param>
/// <param name="Agent">What the client calls itself; empty where it does not say.</param>
/// <param name="IsWatch">Whether it watches.</param>
internal sealed record SeenRequest(string Method, string Path, string Agent = "", bool IsWatch = false);

/// <summary>The last requests, so that a script knows what could fail. Safe to use from several threads.</summary>
internal sealed class RequestLog
{
    private const int Most = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<SeenRequest> _requests = [];

    /// <summary>Keeps one.</summary>
    public void Add(SeenRequest request)
    {
        lock (_gate)
        {
            _requests.Enqueue(request);
            if (_requests.Count > Most)
                _requests.Dequeue();
        }
    }

    /// <summary>Gives the requests since the last time, oldest first, and forgets them.</summary>
    public IReadOnlyList<SeenRequest> Take()
    {
        lock (_gate)
        {
            SeenRequest[] taken = [.. _requests];
            _requests.Clear();
            return taken;
        }
    }
}
