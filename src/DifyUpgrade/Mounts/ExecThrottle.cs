using System.Collections.Concurrent;

namespace DifyUpgrade.Mounts;

/// <summary>Bounds how many execs run at once, on each node and in all.</summary>
internal sealed class ExecThrottle : IDisposable
{
    // An exec costs its node about 0.1 s of CPU: on two cores four at a time were twice as fast as sixteen.
    private const int PerNode = 4;

    // The API server carries every byte of them; beyond this it and this machine only queue.
    private const int InAll = 64;

    private readonly SemaphoreSlim _all = new(InAll);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _nodes = new(StringComparer.Ordinal);

    /// <summary>Runs something when its turn has come.</summary>
    /// <typeparam name="T">What it comes to.</typeparam>
    /// <param name="node">The node that has to do the work.</param>
    /// <param name="work">What to run.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What it came to.</returns>
    public async Task<T> RunAsync<T>(string node, Func<Task<T>> work, CancellationToken cancellation)
    {
        // The node first: who waits for a busy node must not keep a place that another node could use.
        var ofNode = _nodes.GetOrAdd(node, _ => new SemaphoreSlim(PerNode));
        await ofNode.WaitAsync(cancellation);
        try
        {
            await _all.WaitAsync(cancellation);
            try
            {
                return await work();
            }
            finally
            {
                _all.Release();
            }
        }
        finally
        {
            ofNode.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _all.Dispose();
        foreach (var node in _nodes.Values)
            node.Dispose();
    }
}
