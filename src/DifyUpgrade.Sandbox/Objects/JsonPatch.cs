using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>A JSON patch: https://www.rfc-editor.org/rfc/rfc6902, all of it or nothing.</summary>
internal static class JsonPatch
{
    private const int MostOperations = 10_000;

    /// <summary>The object after the patch; neither argument is changed.</summary>
    /// <exception cref="ApiException">400 where the patch is none; 413 where it is too long; 422 where it does not fit the object.</exception>
    public static JsonObject Apply(JsonObject current, JsonArray patch)
    {
        if (patch.Count > MostOperations)
            throw new ApiException(413, "RequestEntityTooLarge", $"The allowed maximum operations in a JSON patch is {MostOperations}, got {patch.Count}");
        JsonNode? document = current.DeepClone();
        foreach (var step in patch)
            document = Step(document, step as JsonObject ?? throw ApiException.BadRequest("json: cannot unmarshal " + JsonWords.KindOf(step) + " into Go value of type jsonpatch.Operation"));
        return document as JsonObject ?? throw Misfit("the patched document is not an object");
    }

    private static JsonNode? Step(JsonNode? document, JsonObject step)
    {
        var path = Pointer(step, "path");
        switch (step.Text("op"))
        {
            case "add":
                return Add(document, path, Value(step));
            case "remove":
                return Remove(document, path, "remove").Left;
            case "replace":
                return Add(Remove(document, path, "replace").Left, path, Value(step));
            case "move":
                var (left, moved) = Remove(document, Pointer(step, "from"), "move");
                return Add(left, path, moved);
            case "copy":
                return Add(document, path, Read(document, Pointer(step, "from"), "copy")?.DeepClone());
            case "test":
                return JsonNode.DeepEquals(Read(document, path, "test"), Value(step)) ? document : throw Misfit($"testing value {step.Text("path")} failed: test failed");
            default:
                throw Misfit("Unexpected kind: " + (step.Text("op") ?? "unknown"));
        }
    }

    private static JsonNode? Add(JsonNode? document, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
            return value;
        switch (Parent(document, path, "add"))
        {
            case JsonObject parent:
                parent[path[^1]] = value;
                break;
            case JsonArray parent:
                parent.Insert(path[^1] == "-" ? parent.Count : Index(path[^1], parent.Count, "add", path), value);
                break;
        }

        return document;
    }

    private static (JsonNode? Left, JsonNode? Removed) Remove(JsonNode? document, string[] path, string operation)
    {
        if (path.Length == 0)
            return (null, document);
        var removed = Read(document, path, operation);
        if (Parent(document, path, operation) is JsonArray items)
            items.RemoveAt(Index(path[^1], items.Count - 1, operation, path));
        else
            ((JsonObject)Parent(document, path, operation)).Remove(path[^1]);
        return (document, removed);
    }

    private static JsonNode? Read(JsonNode? document, string[] path, string operation)
    {
        if (path.Length == 0)
            return document;
        return Parent(document, path, operation) switch
        {
            JsonArray items => items[Index(path[^1], items.Count - 1, operation, path)],
            JsonObject parent when parent.TryGetPropertyValue(path[^1], out var value) => value,
            _ => throw Misfit($"{operation} operation does not apply: doc is missing key: {Text(path)}: missing value"),
        };
    }

    private static JsonNode Parent(JsonNode? document, string[] path, string operation)
    {
        var node = document;
        foreach (var part in path.AsSpan(0, path.Length - 1))
        {
            node = node switch
            {
                JsonObject parent when parent.TryGetPropertyValue(part, out var child) => child,
                JsonArray items when int.TryParse(part, out var index) && index >= 0 && index < items.Count => items[index],
                _ => null,
            };
        }

        return node as JsonObject ?? (JsonNode?)(node as JsonArray) ?? throw Misfit($"{operation} operation does not apply: doc is missing path: {Text(path)}: missing value");
    }

    private static int Index(string part, int highest, string operation, string[] path)
    {
        if (!int.TryParse(part, out var index))
            throw Misfit($"{operation} operation does not apply: doc is missing key: {Text(path)}: missing value");
        return index >= 0 && index <= highest ? index : throw Misfit($"{operation} operation does not apply: Unable to access invalid index: {index}: invalid index referenced");
    }

    private static JsonNode? Value(JsonObject step) =>
        step.TryGetPropertyValue("value", out var value) ? value?.DeepClone() : throw Misfit("add operation does not apply: missing value");

    private static string[] Pointer(JsonObject step, string field)
    {
        if (step[field] is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
            throw Misfit($"{step.Text("op") ?? "unknown"} operation failed to decode {field}: missing value");
        var text = step.Text(field)!;
        if (text.Length == 0)
            return [];
        return text[0] == '/'
            ? [.. text[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
            : throw Misfit($"{step.Text("op") ?? "unknown"} operation does not apply: doc is missing path: {text}: missing value");
    }

    private static string Text(string[] path) => "/" + string.Join('/', path);

    /// <summary>The real server says no more than this about a patch that does not fit; why is for whoever debugs the sandbox.</summary>
    private static ApiException Misfit(string why) =>
        new(422, "Invalid", "the server rejected our request due to an error in our request") { Details = [], Source = why };
}
