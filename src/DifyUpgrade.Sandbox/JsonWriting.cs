using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox;

/// <summary>Writes JSON as it goes over the wire.</summary>
internal static class JsonWriting
{
    // Not for HTML, so that Chinese prompts stay three bytes a character instead of six.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The node in UTF-8.</summary>
    public static byte[] Utf8(this JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
            node.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
