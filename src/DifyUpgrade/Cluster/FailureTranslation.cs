using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using k8s.Exceptions;

namespace DifyUpgrade.Cluster;

/// <summary>Turns whatever goes wrong on the wire into one kind of exception whose text cannot leak.</summary>
/// <param name="server">The API server's address, for messages.</param>
/// <param name="redactor">Knows the secrets.</param>
internal sealed class FailureTranslation(string server, Redactor redactor)
{
    /// <summary>Translates an answer that is no success.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="response">The answer.</param>
    /// <param name="body">The answer's body.</param>
    /// <returns>The failure.</returns>
    public ClusterException FromResponse(ApiRequest request, HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var parsed = ApiStatus.Parse(body);
        var status = parsed?.Kind == "Status" ? parsed : new ApiStatus { Message = System.Text.Encoding.UTF8.GetString(body) };
        return FromStatus(request, status, (int)response.StatusCode, PauseOf(response, status));
    }

    /// <summary>Translates a Status that came inside a stream.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="status">What the server said.</param>
    /// <param name="code">The HTTP status it stands for.</param>
    /// <param name="retryAfter">How long to wait before the next try, if the server said.</param>
    /// <returns>The failure.</returns>
    public ClusterException FromStatus(ApiRequest request, ApiStatus status, int code, TimeSpan? retryAfter = null)
    {
        var failure = Classify(code, status);
        return new(failure, Describe(request, status, failure, code))
        {
            StatusCode = code,
            Reason = status.Reason,
            IsMissingObject = failure == ClusterFailure.NotFound && status.IsMissingObject,
            Missing = failure == ClusterFailure.Forbidden ? MissingRight.From(status.Message ?? "") : null,
            LacksApplyDefaults = status.Message?.Contains("omits key field", StringComparison.Ordinal) == true,
            RetryAfter = retryAfter,
        };
    }

    /// <summary>Whether an exception is the transport's, so that <see cref="FromTransport"/> can translate it.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>True for connection, TLS and credential errors.</returns>
    public static bool IsTransport(Exception exception) => exception is
        HttpRequestException or IOException or SocketException or AuthenticationException or KubeConfigException or InvalidOperationException { InnerException: IOException };

    /// <summary>Translates an exception of the transport.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>The failure.</returns>
    public ClusterException FromTransport(Exception exception)
    {
        if (exception is KubeConfigException)
            return new(ClusterFailure.Unauthorized, OneLine.Of($"the credentials for {server} cannot be renewed: {exception.Message}", redactor));
        var deepest = exception;
        while (deepest.InnerException is { } inner)
            deepest = inner;
        var tls = exception is AuthenticationException || exception.InnerException is AuthenticationException;
        var what = tls ? $"the certificate of {server} is not accepted" : $"the API server {server} cannot be reached";
        return new(ClusterFailure.Unreachable, OneLine.Of($"{what}: {deepest.Message}", redactor), exception);
    }

    /// <summary>Says that no answer came in time.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="limit">How long it was waited.</param>
    /// <returns>The failure.</returns>
    public ClusterException TimedOut(ApiRequest request, TimeSpan limit) =>
        new(ClusterFailure.Timeout, $"{server} did not answer {request.Method} {request.Path} within {limit.TotalSeconds:0} s");

    /// <summary>Says that an answer is not what the API promises.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="why">What is wrong with the answer; not the answer itself.</param>
    /// <returns>The failure.</returns>
    public ClusterException Unintelligible(ApiRequest request, string why) =>
        new(ClusterFailure.Other, $"{server} answered {request.Method} {request.Path} with something that is no Kubernetes object: {why}");

    private static ClusterFailure Classify(int code, ApiStatus status) => code switch
    {
        401 => ClusterFailure.Unauthorized,
        403 => ClusterFailure.Forbidden,
        404 => ClusterFailure.NotFound,
        409 => ClusterFailure.Conflict,
        400 or 413 or 422 => ClusterFailure.Invalid,
        429 => ClusterFailure.TooManyRequests,
        408 or 504 => ClusterFailure.Timeout,
        _ when status.Reason == "Timeout" => ClusterFailure.Timeout,

        // Server-side apply reports a manifest that breaks the schema as an internal error.
        500 when status.Message?.Contains("typed patch object", StringComparison.Ordinal) == true => ClusterFailure.Invalid,
        _ => ClusterFailure.Other,
    };

    private static TimeSpan? PauseOf(HttpResponseMessage response, ApiStatus status)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            return null;
        if (response.Headers.RetryAfter?.Delta is { } delta)
            return delta;
        return status.Details?.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private string Describe(ApiRequest request, ApiStatus status, ClusterFailure failure, int code)
    {
        if (failure == ClusterFailure.Unauthorized)
            return $"{server} does not accept the credentials ({request.Method} {request.Path}: 401)";

        // An error about a Secret may quote the Secret: there only the names of the fields are told.
        var said = request.Sensitive
            ? string.Join(", ", (status.Details?.Causes ?? []).Select(cause => $"{cause.Field} {cause.Reason}").Prepend(status.Reason ?? "refused; the words are withheld, for they may quote the Secret"))
            : status.Message ?? status.Reason ?? "no reason given";
        return OneLine.Of($"{request.Method} {request.Path}: {code}: {said}", redactor);
    }
}
