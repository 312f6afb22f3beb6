using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>JSON values in the words of Go's messages.</summary>
internal static class JsonWords
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>string</c>, <c>number</c>, <c>bool</c>, <c>object</c>, <c>array</c> or <c>null</c>.</summary>
    public static string KindOf(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        _ => "null",
    };

    /// <summary>JSON as Go's encoder writes a map: keys in order, no blanks.</summary>
    public static string Compact(JsonNode? node) => Sorted(node)?.ToJsonString(Plain) ?? "null";

    /// <summary>A value as Go's <c>%v</c> prints a map: <c>map[a:b]</c>.</summary>
    public static string GoMap(JsonNode? node) => node switch
    {
        JsonObject fields => $"map[{string.Join(' ', fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}:{GoMap(field.Value)}"))}]",
        JsonArray items => $"[{string.Join(' ', items.Select(GoMap))}]",
        null => "<nil>",
        _ => node.ToString(),
    };

    /// <summary>A value as a message quotes it: text in quotes, anything else as JSON.</summary>
    public static string Quote(JsonNode? node) => node?.ToJsonString(Plain) ?? "null";

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Sorted(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        null => null,
        _ => node.DeepClone(),
    };
}
