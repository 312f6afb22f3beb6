using System.Buffers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Writes answers.</summary>
internal static class Answer
{
    /// <summary>The type of everything but protobuf.</summary>
    public const string Json = "application/json";

    private const int MostUnflushed = 64 * 1024;

    /// <summary>Writes JSON.</summary>
    public static Task JsonAsync(HttpContext context, JsonNode body, int code = 200, string contentType = Json) => BytesAsync(context, body.Utf8(), code, contentType);

    /// <summary>Writes a text.</summary>
    public static Task TextAsync(HttpContext context, string text) => BytesAsync(context, System.Text.Encoding.UTF8.GetBytes(text), 200, "text/plain; charset=utf-8");

    /// <summary>Writes a refusal as a Status.</summary>
    public static Task StatusAsync(HttpContext context, ApiException refusal)
    {
        if (refusal.Details.Number("retryAfterSeconds") is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString();
        return JsonAsync(context, StatusOf(refusal), refusal.Code);
    }

    /// <summary>Writes bytes.</summary>
    public static async Task BytesAsync(HttpContext context, ReadOnlyMemory<byte> body, int code, string contentType)
    {
        if (Begin(context, body.Length, code, contentType))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Writes JSON that is there in pieces, without making one of them: a long list would be copied for nothing.</summary>
    public static async Task PiecesAsync(HttpContext context, IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        if (!Begin(context, pieces.Sum(piece => (long)piece.Length), 200, Json))
            return;
        var writer = context.Response.BodyWriter;
        foreach (var piece in pieces)
        {
            writer.Write(piece.Span);
            if (writer.UnflushedBytes > MostUnflushed && (await writer.FlushAsync(context.RequestAborted)).IsCompleted)
                return;
        }

        await writer.FlushAsync(context.RequestAborted);
    }

    /// <summary>A refusal as a Status.</summary>
    public static JsonObject StatusOf(ApiException refusal)
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = refusal.Message,
        };
        if (refusal.Reason.Length > 0)
            status["reason"] = refusal.Reason;
        if (refusal.Details is { } details)
            status["details"] = new JsonObject(details.Where(field => !IsEmpty(field.Value)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        status["code"] = refusal.Code;
        return status;
    }

    /// <summary>That something is done.</summary>
    public static JsonObject Success(JsonObject? details)
    {
        var status = new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success" };
        if (details is not null)
            status["details"] = details;
        return status;
    }

    // Whether a body follows.
    private static bool Begin(HttpContext context, long length, int code, string contentType)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = length;
        context.Response.Headers.CacheControl = "no-cache, private";
        return !HttpMethods.IsHead(context.Request.Method);
    }

    private static bool IsEmpty(JsonNode? value) => value is null || (value is JsonValue text && text.TryGetValue<string>(out var content) && content.Length == 0);
}
