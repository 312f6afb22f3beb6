using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Pods;
using DifyUpgrade.Sandbox.Routes.Spdy;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Answers what goes through to a node: logs, exec, attach.</summary>
/// <param name="operations">Knows the pods.</param>
/// <param name="runtime">The nodes; null where there are none.</param>
/// <param name="faults">May cut an exec.</param>
/// <param name="time">The clock.</param>
internal sealed class PodRoutes(ObjectOperations operations, PodRuntime? runtime, FaultPlan faults, TimeProvider time)
{
    private PodRuntime Runtime => runtime ?? throw new ApiException(503, "ServiceUnavailable", "no node runs in this sandbox");

    /// <summary>Answers with a container's log.</summary>
    public async Task LogAsync(HttpContext context, ApiRequest target)
    {
        var request = context.Request;
        var pod = operations.Get(target.Type!, target.Namespace, target.Name);
        var log = Runtime.Logs(pod.Body, ApiRequest.Query(request, "container"), LogQuery.Of(request, target.Name));
        context.Response.ContentType = "text/plain";
        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await log.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>Runs a command in a container, or listens to the container itself.</summary>
    public async Task ExecAsync(HttpContext context, ApiRequest target)
    {
        var request = context.Request;
        var pod = operations.Get(target.Type!, target.Namespace, target.Name);
        var command = request.Query["command"].OfType<string>().ToList();
        if (target.Subresource == "exec" && command.Count == 0)
            throw ApiException.BadRequest("you must specify at least 1 command for the container");
        var container = Runtime.CheckExec(pod.Body, ApiRequest.Query(request, "container"));
        using var connection = await TakeOverAsync(context);
        var streams = connection.Streams();
        await connection.RunAsync(async cancellation => target.Subresource == "attach"
            ? await AttachAsync(pod.Body, container, streams, cancellation)
            : await Runtime.ExecAsync(pod.Body, container, command, streams, cancellation));
    }

    private async Task<IExecConnection> TakeOverAsync(HttpContext context)
    {
        var isSpdy = SpdyUpgrade.IsWantedBy(context.Request);
        if (!isSpdy && !context.WebSockets.IsWebSocketRequest)
            throw ApiException.BadRequest("Upgrade request required");
        var channels = ExecChannels.Of(context.Request);
        var protocol = isSpdy ? "" : ExecSocket.Choose(context.WebSockets.WebSocketRequestedProtocols);
        var isToBeCut = faults.TakeCut(FaultKind.ExecCut, context.Request.Path) is not null;
        return isSpdy
            ? new SpdySession(await SpdyUpgrade.AcceptAsync(context), context, channels, time, isToBeCut)
            : new ExecSocket(await context.WebSockets.AcceptWebSocketAsync(protocol), context, channels, time, isToBeCut);
    }

    private async Task<ExecResult> AttachAsync(System.Text.Json.Nodes.JsonObject pod, string container, ExecStreams streams, CancellationToken cancellation)
    {
        await Runtime.Logs(pod, container, new LogOptions { Follow = true, TailLines = 0 }).CopyToAsync(streams.Output ?? Stream.Null, cancellation);
        return new ExecResult(0);
    }
}
