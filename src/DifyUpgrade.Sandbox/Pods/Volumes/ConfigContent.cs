using System.Text;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Pods.Volumes;

/// <summary>The keys of a ConfigMap or a Secret, as bytes.</summary>
internal static class ConfigContent
{
    /// <summary>The keys.</summary>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Of(StoredObject source)
    {
        var isSecret = source.Type == ResourceTypes.Secrets;
        var content = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var (key, value) in source.Body["data"] as JsonObject ?? [])
            content[key] = isSecret ? Decoded(value) : Encoding.UTF8.GetBytes(value?.GetValue<string>() ?? "");
        foreach (var (key, value) in source.Body["binaryData"] as JsonObject ?? [])
            content[key] = Decoded(value);
        return content;
    }

    private static byte[] Decoded(JsonNode? value)
    {
        var text = value?.GetValue<string>() ?? "";
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }
}
