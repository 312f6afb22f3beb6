using System.Runtime.CompilerServices;
using System.Text.Json;

namespace DifyUpgrade.Cluster;

/// <summary>
/// Lists, then watches from the list's version; goes on from the last version when a connection ends, and lists again
/// when the server has forgotten that version (410). The one such loop, after client-go's Reflector.
/// </summary>
/// <typeparam name="T">What is watched.</typeparam>
/// <param name="transport">Where to watch.</param>
/// <param name="source">What to watch.</param>
/// <param name="map">Makes the item of an object.</param>
/// <param name="listed">Called whenever a whole list has been handed out; null when nobody waits for it.</param>
internal sealed class ListAndWatch<T>(ApiTransport transport, ListSource source, Func<JsonElement, T> map, Action? listed = null)
{
    // A watch that lived this long was no failure, even if nothing happened in it.
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(10);

    private readonly Backoff _backoff = new(transport.Time);

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="cancellation">The only way it ends, short of an exception.</param>
    /// <returns>First everything there is, then every change.</returns>
    /// <exception cref="ClusterException">The first list fails, or the server refuses for good later.</exception>
    public async IAsyncEnumerable<Change<T>> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var known = new KnownItems<T>(map);
        var list = await ListPages.ReadAllAsync(transport, source, cancellation);
        while (true)
        {
            foreach (var change in known.Replace(list.Items))
                yield return change;
            listed?.Invoke();
            await foreach (var line in WatchFromAsync(list.ResourceVersion, cancellation))
            {
                if (known.Apply(line) is { } change)
                    yield return change;
            }

            await _backoff.PauseAsync(cancellation);
            list = await ListAgainAsync(cancellation);
        }
    }

    private async Task<Listed> ListAgainAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await ListPages.ReadAllAsync(transport, source, cancellation);
            }
            catch (ClusterException passing) when (passing.IsTransient)
            {
                await _backoff.PauseAsync(cancellation);
            }
        }
    }

    private async IAsyncEnumerable<WatchLine> WatchFromAsync(string version, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var opened = transport.Time.GetTimestamp();
            using var watch = new WatchStream(transport, source, version);
            while (await watch.ReadAsync(cancellation) is { } line)
            {
                if (line.IsExpired)
                    yield break;
                _backoff.Reset();
                version = KnownItems<T>.VersionOf(line.Item);
                if (line.Type != "BOOKMARK")
                    yield return line;
            }

            if (transport.Time.GetElapsedTime(opened) >= Healthy)
                _backoff.Reset();
            await _backoff.PauseAsync(cancellation);
        }
    }
}
