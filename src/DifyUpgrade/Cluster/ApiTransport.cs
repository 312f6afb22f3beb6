using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using k8s;

namespace DifyUpgrade.Cluster;

/// <summary>
/// Sends requests over the library's HTTP client (its TLS, its credentials) and translates every failure. One
/// transport for typed, dynamic and streamed calls, so that timeout, retry and redaction exist once.
/// </summary>
internal sealed class ApiTransport : IDisposable
{
    /// <summary>How long a request may take; watches and exec are not bound by it once they have begun.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private const int MaxAttempts = 5;

    // A server that was silent twice stays silent.
    private const int MaxSilences = 2;

    // An error of the server's own may pass, but a component behind it that is down stays down.
    private const int MaxErrors = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly Kubernetes _kubernetes;
    private readonly ClusterAccess _access;

    // A cluster that never answered is not waited for: then the address is wrong, or it is down.
    private volatile bool _reached;

    /// <summary>Creates the transport; sends nothing yet.</summary>
    /// <param name="access">Where to and as whom.</param>
    /// <param name="server">The address to print.</param>
    /// <param name="redactor">Knows the secrets.</param>
    /// <param name="time">Measures pauses and limits.</param>
    public ApiTransport(ClusterAccess access, string server, Redactor redactor, TimeProvider time)
    {
        _access = access;
        _kubernetes = new(access.Configuration);
        Redactor = redactor;
        Time = time;
        Failures = new(server, redactor);
    }

    /// <summary>Knows the secrets; every text from the cluster passes through it on its way in.</summary>
    public Redactor Redactor { get; }

    /// <summary>Measures pauses and limits.</summary>
    public TimeProvider Time { get; }

    /// <summary>Translates failures.</summary>
    public FailureTranslation Failures { get; }

    /// <summary>Sends a request and gives the whole answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The body of a successful answer.</returns>
    /// <exception cref="ClusterException">Anything else.</exception>
    public Task<byte[]> SendAsync(ApiRequest request, CancellationToken cancellation) =>
        RepeatAsync(request, MaxErrors, () => SendOnceAsync(request, cancellation), cancellation);

    /// <summary>Sends a request and reads the answer as an object.</summary>
    /// <typeparam name="T">The object's type.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The object.</returns>
    public async Task<T> ReadAsync<T>(ApiRequest request, CancellationToken cancellation)
    {
        var body = await SendAsync(request, cancellation);
        try
        {
            return JsonSerializer.Deserialize<T>(body, _access.Configuration.JsonSerializerOptions)
                ?? throw Failures.Unintelligible(request, "null");
        }
        catch (Exception unexpected) when (unexpected is JsonException or FormatException)
        {
            throw Failures.Unintelligible(request, unexpected is JsonException json ? $"at {json.Path}, byte {json.BytePositionInLine}" : "a time is malformed");
        }
    }

    /// <summary>Reads an object that may not be there.</summary>
    /// <typeparam name="T">The object's type.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The object; null if there is none of that name. A path that the server does not serve still throws.</returns>
    public async Task<T?> FindAsync<T>(ApiRequest request, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await ReadAsync<T>(request, cancellation);
        }
        catch (ClusterException missing) when (missing.IsMissingObject)
        {
            return null;
        }
    }

    /// <summary>Sends a request and gives the answer as soon as its head is there.</summary>
    /// <param name="request">The request.</param>
    /// <param name="upgrade">The headers of a protocol upgrade; null for an ordinary request.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>A successful answer (2xx or 101), for the caller to dispose.</returns>
    public async Task<HttpResponseMessage> OpenAsync(
        ApiRequest request, IReadOnlyList<(string Name, string Value)>? upgrade, CancellationToken cancellation)
    {
        // An exec that a node refuses, or a watch, says so with an error that stays.
        return await RepeatAsync(
            request,
            1,
            async () =>
            {
                using var limit = new CancellationTokenSource(Limit, Time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
                return await GuardAsync(request, () => OpenOnceAsync(request, upgrade, either.Token), cancellation);
            },
            cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _kubernetes.Dispose();

    private async Task<T> RepeatAsync<T>(ApiRequest request, int maxErrors, Func<Task<T>> send, CancellationToken cancellation)
    {
        var backoff = new Backoff(Time);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await send();
                _reached = true;
                return answer;
            }
            catch (ClusterException passing) when (MayRepeat(request, passing) && attempt < AttemptsAfter(passing, maxErrors))
            {
                if (passing.RetryAfter is { } pause)
                    await Task.Delay(pause < LongestPause ? pause : LongestPause, Time, cancellation);
                else
                    await backoff.PauseAsync(cancellation);
            }
        }
    }

    // What the server refused for load it has not begun, whatever it was.
    private bool MayRepeat(ApiRequest request, ClusterException failure) =>
        failure.Failure == ClusterFailure.TooManyRequests
        || (request.Repeatable && (failure.RetryAfter is not null || (failure.IsTransient && (_reached || failure.StatusCode is not null))));

    private static int AttemptsAfter(ClusterException failure, int maxErrors) => failure switch
    {
        { RetryAfter: not null } or { Failure: ClusterFailure.TooManyRequests } => MaxAttempts,
        { Failure: ClusterFailure.Timeout } => MaxSilences,
        { StatusCode: not null } => maxErrors,
        _ => MaxAttempts,
    };

    private async Task<byte[]> SendOnceAsync(ApiRequest request, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Limit, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        return await GuardAsync(
            request,
            async () =>
            {
                using var response = await OpenOnceAsync(request, null, either.Token);
                return await response.Content.ReadAsByteArrayAsync(either.Token);
            },
            cancellation);
    }

    private async Task<T> GuardAsync<T>(ApiRequest request, Func<Task<T>> send, CancellationToken cancellation)
    {
        try
        {
            return await send();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Failures.TimedOut(request, Limit);
        }
        catch (Exception transport) when (FailureTranslation.IsTransport(transport))
        {
            throw Failures.FromTransport(transport);
        }
    }

    private async Task<HttpResponseMessage> OpenOnceAsync(
        ApiRequest request, IReadOnlyList<(string Name, string Value)>? upgrade, CancellationToken cancellation)
    {
        using var message = await ComposeAsync(request, upgrade, cancellation);
        var response = await _kubernetes.HttpClient.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.IsSuccessStatusCode || (upgrade is not null && response.StatusCode == HttpStatusCode.SwitchingProtocols))
            return response;
        using (response)
            throw Failures.FromResponse(request, response, await response.Content.ReadAsByteArrayAsync(cancellation));
    }

    private async Task<HttpRequestMessage> ComposeAsync(
        ApiRequest request, IReadOnlyList<(string Name, string Value)>? upgrade, CancellationToken cancellation)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_kubernetes.BaseUri, request.ToRelativeUri()))
        {
            // A WebSocket upgrade exists in HTTP/1.1 only; everything else shares one HTTP/2 connection where it can.
            Version = upgrade is null ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = upgrade is null ? HttpVersionPolicy.RequestVersionOrLower : HttpVersionPolicy.RequestVersionExact,
        };
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        }

        foreach (var (name, value) in upgrade ?? [("Accept", "application/json")])
            message.Headers.TryAddWithoutValidation(name, value);
        message.Headers.TryAddWithoutValidation("User-Agent", ApiRequest.FieldManager);
        if (_access.User is not null)
            message.Headers.TryAddWithoutValidation("Impersonate-User", _access.User);
        if (_access.Group is not null)
            message.Headers.TryAddWithoutValidation("Impersonate-Group", _access.Group);
        if (!string.IsNullOrWhiteSpace(_access.Configuration.TlsServerName))
            message.Headers.Host = _access.Configuration.TlsServerName;
        if (_kubernetes.Credentials is { } credentials)
            await credentials.ProcessHttpRequestAsync(message, cancellation);
        return message;
    }
}
