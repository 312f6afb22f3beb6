using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Cluster;

/// <summary>Writes request bodies.</summary>
internal static class ApiJson
{
    // The default encoder writes every character beyond ASCII as six; a ConfigMap of a megabyte of Chinese prompts or
    // emoji would then exceed the API server's limit of three megabytes for a request.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an object.</summary>
    /// <param name="body">The object.</param>
    /// <returns>JSON in UTF-8.</returns>
    public static byte[] Write(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body, Plain);
}
