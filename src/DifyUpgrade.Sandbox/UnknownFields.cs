using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox;

/// <summary>Drops fields that a kind does not have, as a decoder that is not strict does.</summary>
internal static class UnknownFields
{
    /// <summary>Drops them.</summary>
    /// <param name="body">The object; is changed.</param>
    /// <param name="complaints">Each with the path in double quotes, as in <c>unknown field "spec.ports[0].prt"</c>.</param>
    public static void Drop(JsonObject body, IEnumerable<string> complaints)
    {
        foreach (var complaint in complaints)
        {
            if (complaint.Split('"') is [_, var path, _])
                Remove(body, path);
        }
    }

    private static void Remove(JsonNode? node, string path)
    {
        if (path.StartsWith('[') && path.IndexOf(']', StringComparison.Ordinal) is var end && node is JsonArray items)
        {
            if (int.TryParse(path[1..end], out var index) && index < items.Count)
                Remove(items[index], path[(end + 1)..].TrimStart('.'));
        }
        else if (node is JsonObject fields && !fields.Remove(path) && Next(fields, path) is { } name)
        {
            Remove(fields[name], path[name.Length..].TrimStart('.'));
        }
    }

    // Names in a path are not quoted, and a map's key may contain dots: the longest name that fits is the one that is meant.
    private static string? Next(JsonObject fields, string path) => fields.Select(field => field.Key)
        .Where(name => path.StartsWith(name, StringComparison.Ordinal) && path.Length > name.Length && path[name.Length] is '.' or '[')
        .MaxBy(name => name.Length);
}
