using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Writes answers.</summary>
internal static class Answer
{
    /// <summary>The type of everything but protobuf.</summary>
    public const string Json = "application/json";

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
        context.Response.StatusCode = code;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "no-cache, private";
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
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

    private static bool IsEmpty(JsonNode? value) => value is null || (value is JsonValue text && text.TryGetValue<string>(out var content) && content.Length == 0);
}
