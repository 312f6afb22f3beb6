using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>What requesting a URL through a rollout came to.</summary>
internal sealed record ProbeRecord
{
    /// <summary>The URL without user, password and query.</summary>
    public required string Url { get; init; }

    /// <summary>How many requests were made.</summary>
    public required int Requests { get; init; }

    /// <summary>How many of them failed: no answer in time, or a status of 400 and more.</summary>
    public required int Failures { get; init; }

    /// <summary>What the first failure was; null when there was none.</summary>
    public required string? FirstFailure { get; init; }

    /// <summary>The longest time between two good answers with a failure between, in seconds.</summary>
    public required double LongestOutageSeconds { get; init; }
}

/// <summary>Requests a URL again and again, as a user of the deployed system would, and counts the failures.</summary>
/// <param name="url">The URL.</param>
/// <param name="redactor">Takes secrets out of what a failure says.</param>
/// <param name="time">Measures pauses and outages.</param>
internal sealed class UrlProbe(Uri url, Redactor redactor, TimeProvider time)
{
    private const int FirstBadStatus = 400;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private int _requests;
    private int _failures;
    private string? _firstFailure;
    private DateTimeOffset? _lastGood;
    private bool _isOut;
    private TimeSpan _longest;

    /// <summary>Requests until it is cancelled.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>When cancelled.</returns>
    public async Task RunAsync(CancellationToken cancellation)
    {
        // A new connection each time: one that is kept would go on to a pod that no new user would reach.
        using var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _lastGood = time.GetUtcNow();
        try
        {
            while (true)
            {
                var failure = await RequestAsync(client, cancellation);
                Count(failure);
                await Task.Delay(Pause, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }

    /// <summary>What it came to.</summary>
    /// <returns>The record.</returns>
    public ProbeRecord ToRecord() => new()
    {
        Url = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),
        Requests = _requests,
        Failures = _failures,
        FirstFailure = _firstFailure,
        LongestOutageSeconds = Math.Round((_isOut && _lastGood is { } since && time.GetUtcNow() - since > _longest ? time.GetUtcNow() - since : _longest).TotalSeconds, 3),
    };

    private async Task<string?> RequestAsync(HttpClient client, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (int)response.StatusCode >= FirstBadStatus ? $"HTTP {(int)response.StatusCode}" : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"no answer within {Limit.TotalSeconds:0} s";
        }
        catch (HttpRequestException failure)
        {
            return OneLine.Of(failure.Message, redactor);
        }
    }

    private void Count(string? failure)
    {
        var now = time.GetUtcNow();
        _requests++;
        if (failure is null)
        {
            if (_isOut && now - _lastGood > _longest)
                _longest = now - _lastGood!.Value;
            (_lastGood, _isOut) = (now, false);
            return;
        }

        _failures++;
        _firstFailure ??= failure;
        _isOut = true;
    }
}
