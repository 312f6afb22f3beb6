using System.Text.Json;

namespace DifyUpgrade.Cluster;

/// <summary>One watch connection, read line by line; whatever ends it is an answer and not an exception.</summary>
internal sealed class WatchStream : IDisposable
{
    /// <summary>How long the server is asked to keep a watch open: longer than most rollouts, so that their number of requests does not grow with time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // The server ends the watch itself; if nothing has come by then the connection is dead without saying so.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    // Over HTTP/2 the client pings and so notices a dead connection. HTTP/1.1 has no ping; there a bookmark comes every
    // minute or so, and a silence of this length is a reason to connect anew.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(5);

    private readonly ApiTransport _transport;
    private readonly ApiRequest _request;
    private readonly CancellationTokenSource _limit;
    private HttpResponseMessage? _response;
    private StreamReader? _reader;

    /// <summary>Creates the watch; it connects when first read.</summary>
    /// <param name="transport">Where to watch.</param>
    /// <param name="source">What to watch.</param>
    /// <param name="version">The version to go on from.</param>
    public WatchStream(ApiTransport transport, ListSource source, string version)
    {
        _transport = transport;
        _limit = new(Lifetime + Grace, transport.Time);
        _request = ApiRequest.Get(
            source.Path,
            [
                .. source.Query,
                ("watch", "true"),
                ("allowWatchBookmarks", "true"),
                ("resourceVersion", version),
                ("timeoutSeconds", $"{Lifetime.TotalSeconds:0}"),
            ]);
    }

    /// <summary>Reads the next line.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The line; null once the connection has ended, however it did.</returns>
    /// <exception cref="ClusterException">The server refuses the watch for good (no right, no such path).</exception>
    public async Task<WatchLine?> ReadAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _limit.Token);
        try
        {
            _reader ??= await ConnectAsync(either.Token);
            if (_response!.Version.Major < 2)
                _limit.CancelAfter(LongestSilence);
            var text = await _reader.ReadLineAsync(either.Token);
            return text is null ? null : Parse(text);
        }
        catch (ClusterException gone) when (gone.StatusCode == 410)
        {
            return WatchLine.Expired;
        }
        catch (ClusterException passing) when (passing.IsTransient)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception cut) when (FailureTranslation.IsTransport(cut) || cut is JsonException)
        {
            // A line that breaks off in the middle is a cut connection, too.
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader?.Dispose();
        _response?.Dispose();
        _limit.Dispose();
    }

    private async Task<StreamReader> ConnectAsync(CancellationToken cancellation)
    {
        _response = await _transport.OpenAsync(_request, null, cancellation);
        return new(await _response.Content.ReadAsStreamAsync(cancellation));
    }

    private WatchLine Parse(string text)
    {
        var line = JsonSerializer.Deserialize<JsonElement>(text);
        var item = line.GetProperty("object");
        var kind = line.GetProperty("type").GetString();
        if (kind != "ERROR")
            return new(kind ?? "", item);

        var status = ApiStatus.Parse(JsonSerializer.SerializeToUtf8Bytes(item)) ?? new();
        if (status.Code == 410 || status.Reason is "Expired" or "Gone")
            return WatchLine.Expired;
        throw _transport.Failures.FromStatus(_request, status, status.Code ?? 500);
    }
}

/// <summary>One line of a watch.</summary>
/// <param name="Type">ADDED, MODIFIED, DELETED or BOOKMARK.</param>
/// <param name="Item">The object; of a bookmark just its version.</param>
internal sealed record WatchLine(string Type, JsonElement Item)
{
    /// <summary>Stands for the end of what the server remembers.</summary>
    public static WatchLine Expired { get; } = new("EXPIRED", default);

    /// <summary>Whether the server no longer knows what came after the version asked for: list again.</summary>
    public bool IsExpired => Type == Expired.Type;
}
