using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox;

/// <summary>Reads nested fields of Kubernetes objects; a field that is missing anywhere on the way is null.</summary>
internal static class JsonReading
{
    /// <summary>The node at a path of field names.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var field in path)
            node = node is JsonObject parent && parent.TryGetPropertyValue(field, out var child) ? child : null;
        return node;
    }

    /// <summary>The string at a path.</summary>
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The whole number at a path.</summary>
    public static long? Number(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) switch
    {
        JsonValue value when value.TryGetValue<long>(out var number) => number,

        // A value that was made from an int, not read from text, is no long to JsonValue.
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        _ => null,
    };

    /// <summary>The truth value at a path; false where it is missing.</summary>
    public static bool Flag(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>The objects of the array at a path; none where it is missing.</summary>
    public static IEnumerable<JsonObject> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray items ? items.OfType<JsonObject>() : [];

    /// <summary>The object of that name in an object, made where it is missing.</summary>
    public static JsonObject Child(this JsonObject parent, string field)
    {
        if (parent[field] is JsonObject child)
            return child;
        child = [];
        parent[field] = child;
        return child;
    }
}
