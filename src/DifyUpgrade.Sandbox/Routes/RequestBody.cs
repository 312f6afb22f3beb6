using System.Text.Json;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Reads request bodies, and refuses those that the real server refuses.</summary>
internal static class RequestBody
{
    /// <summary>Bytes that a body may have, as in the real server.</summary>
    private const int Limit = 3 * 1024 * 1024;

    private const string Protobuf = "application/vnd.kubernetes.protobuf";

    /// <summary>The object that was sent.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">What it should be, for messages.</param>
    /// <returns>Null where the body is empty.</returns>
    public static async Task<JsonObject?> ObjectAsync(HttpContext context, string kind)
    {
        var bytes = await BytesAsync(context);
        if (bytes.IsEmpty)
            return null;
        var contentType = MediaType(context.Request);
        if (contentType == Protobuf || ProtobufBody.IsProtobuf(bytes.Span))
            return ProtobufBody.Read(bytes.Span);
        if (contentType is not ("" or Answer.Json))
            throw Unsupported("the body of the request was in an unknown format - accepted media types include: application/json, application/vnd.kubernetes.protobuf");
        return Parse(bytes, kind) as JsonObject ?? throw Unrecognized(kind, "json: cannot unmarshal into Go value of type struct");
    }

    /// <summary>The object that was sent, which has to be there.</summary>
    public static async Task<JsonObject> RequiredAsync(HttpContext context, string kind) =>
        await ObjectAsync(context, kind) ?? throw Unrecognized(kind, StrictJson.EndsEarly);

    /// <summary>The patch that was sent, whatever its type.</summary>
    public static async Task<ObjectPatch> PatchAsync(HttpContext context)
    {
        var mediaType = MediaType(context.Request);
        if (!ObjectPatch.MediaTypes.Contains(mediaType))
            throw Unsupported($"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", ObjectPatch.MediaTypes)}");
        return ObjectPatch.Read(mediaType, await BytesAsync(context));
    }

    /// <summary>The media type without parameters.</summary>
    public static string MediaType(HttpRequest request) => (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>That a body is of a type nobody reads.</summary>
    public static ApiException Unsupported(string message) => new(415, "UnsupportedMediaType", message);

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(HttpContext context)
    {
        var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
        {
            await content.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            if (content.Length > Limit)
                throw new ApiException(413, "RequestEntityTooLarge", $"Request entity too large: limit is {Limit}") { Details = [] };
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private static JsonNode? Parse(ReadOnlyMemory<byte> bytes, string kind)
    {
        try
        {
            return StrictJson.Parse(bytes.Span);
        }
        catch (JsonException problem)
        {
            throw Unrecognized(kind, StrictJson.Complaint(problem, bytes.Span));
        }
    }

    private static ApiException Unrecognized(string kind, string why) =>
        ApiException.BadRequest($"the object provided is unrecognized (must be of type {kind}): couldn't get version/kind; json parse error: {why}");
}
