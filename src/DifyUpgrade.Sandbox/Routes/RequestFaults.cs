using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Lets scripted faults happen to requests.</summary>
internal sealed class RequestFaults(FaultPlan faults, TimeProvider time)
{
    /// <summary>Lets happen what is scripted for a request before it is looked at.</summary>
    /// <returns>False when the request is not to be looked at any more.</returns>
    /// <exception cref="ApiException">The Status that is scripted.</exception>
    public async Task<bool> PassAsync(HttpContext context)
    {
        var request = context.Request;
        switch (faults.TakeRequest(new SeenRequest(request.Method, request.Path, request.Headers.UserAgent.ToString(), ApiRequest.Flag(request, "watch"))))
        {
            case { Kind: FaultKind.Status } rule:
                throw StatusOf(rule);
            case { Kind: FaultKind.Refused }:
                Connections.Cut(context);
                return false;
            case { Kind: FaultKind.Slow } rule:
                await Task.Delay(TimeSpan.FromSeconds(rule.DelaySeconds), time, context.RequestAborted);
                return true;
            case { Kind: FaultKind.Reset }:
                context.Response.Body = new HalfStream(context, context.Response.Body, time);
                return true;
            default:
                return true;
        }
    }

    private static ApiException StatusOf(FaultRule rule)
    {
        var (reason, message) = rule.Status switch
        {
            401 => ("Unauthorized", "Unauthorized"),
            403 => ("Forbidden", "forbidden"),
            404 => ("NotFound", "the server could not find the requested resource"),
            409 => ("Conflict", "Operation cannot be fulfilled: the object has been modified; please apply your changes to the latest version and try again"),
            410 => ("Expired", "The provided continue parameter is too old to display a consistent list result."),
            429 => ("TooManyRequests", "Too many requests, please try again later."),
            503 => ("ServiceUnavailable", "apiserver not ready"),
            504 => ("Timeout", "Timeout: request did not complete within requested timeout"),
            _ => ("InternalError", "Internal error occurred: etcdserver: request timed out"),
        };
        return new ApiException(rule.Status, reason, rule.Message ?? message)
        {
            Details = rule.RetryAfter is { } seconds ? new JsonObject { ["retryAfterSeconds"] = seconds } : null,
        };
    }

    /// <summary>Lets half of the first write through, then ends the connection.</summary>
    private sealed class HalfStream(HttpContext context, Stream body, TimeProvider time) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await body.WriteAsync(buffer[..(buffer.Length / 2)], cancellationToken);
            await body.FlushAsync(cancellationToken);
            await Connections.CutSoonAsync(context, time);
            throw new OperationCanceledException("The connection was cut as scripted.");
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override Task FlushAsync(CancellationToken cancellationToken) => body.FlushAsync(cancellationToken);

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
