using System.Text;
using System.Text.Json.Nodes;
using k8s.Models;

namespace DifyUpgrade.Cluster;

/// <summary>Turns ConfigMaps into records and wishes into ConfigMaps.</summary>
internal static class ConfigMapJson
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a ConfigMap.</summary>
    /// <param name="map">The library's object.</param>
    /// <returns>The record.</returns>
    public static ConfigMapContent Read(V1ConfigMap map)
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var (key, text) in map.Data ?? new Dictionary<string, string>())
            files[key] = StrictUtf8.GetBytes(text);
        foreach (var (key, bytes) in map.BinaryData ?? new Dictionary<string, byte[]>())
            files[key] = bytes;
        return new()
        {
            Namespace = map.Metadata.NamespaceProperty,
            Name = map.Metadata.Name,
            Files = files,
            Labels = Copy(map.Metadata.Labels),
            Annotations = Copy(map.Metadata.Annotations),
            Immutable = map.Immutable == true,
            ResourceVersion = map.Metadata.ResourceVersion ?? "",
            Uid = map.Metadata.Uid ?? "",
        };
    }

    /// <summary>Changes a ConfigMap, or an empty object, to what is wanted, and nothing else in it.</summary>
    /// <param name="map">The object as read, or a new one.</param>
    /// <param name="wish">What is wanted.</param>
    public static void Write(JsonObject map, ConfigMapWish wish)
    {
        var data = new JsonObject();
        var binary = new JsonObject();
        foreach (var (key, bytes) in wish.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            if (TextOf(bytes.Span) is { } text)
                data[key] = text;
            else
                binary[key] = Convert.ToBase64String(bytes.Span);
        }

        map["apiVersion"] = "v1";
        map["kind"] = "ConfigMap";
        Put(map, "data", data);
        Put(map, "binaryData", binary);
        var metadata = Child(map, "metadata");
        metadata["name"] = wish.Name;
        metadata["namespace"] = wish.Namespace;
        foreach (var (key, value) in wish.Labels)
            Child(metadata, "labels")[key] = value;
        foreach (var (key, value) in wish.Annotations)
            Child(metadata, "annotations")[key] = value;
    }

    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static void Put(JsonObject parent, string name, JsonObject value)
    {
        parent.Remove(name);
        if (value.Count > 0)
            parent[name] = value;
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject child)
            return child;
        child = [];
        parent[name] = child;
        return child;
    }

    private static Dictionary<string, string> Copy(IDictionary<string, string>? source) =>
        new(source ?? new Dictionary<string, string>(), StringComparer.Ordinal);
}
