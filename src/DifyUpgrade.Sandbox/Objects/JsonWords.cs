using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>JSON values in the words of Go's messages.</summary>
internal static class JsonWords
{
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

    /// <summary>A value as a message quotes it: text in quotes, anything else as JSON.</summary>
    public static string Quote(JsonNode? node) => node?.ToJsonString() ?? "null";
}
