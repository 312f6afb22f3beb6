using System.Text.Json.Nodes;
using DifyUpgrade.Rendering;

namespace DifyUpgrade.Rehearsals;

/// <summary>
/// Values that put an older version wherever the values name the newer one for an image, whatever the chart calls them:
/// a key that ends in "tag" with the version as its value, or an image reference that ends in it. Values inside lists
/// stay as they are: helm takes a list as a whole.
/// </summary>
internal static class OlderValues
{
    /// <summary>Finds them.</summary>
    /// <param name="files">The values as YAML, the chart's own first.</param>
    /// <param name="newer">The version in the values.</param>
    /// <param name="older">The version to put there.</param>
    /// <returns>Values to give last; null where no value names the version.</returns>
    public static JsonObject? Of(IEnumerable<string> files, string newer, string older)
    {
        var found = new JsonObject();
        foreach (var values in files.SelectMany(YamlToJson.Read).OfType<JsonObject>())
            Collect(values, found, newer, older);
        return found.Count > 0 ? found : null;
    }

    private static void Collect(JsonObject values, JsonObject found, string newer, string older)
    {
        foreach (var (key, value) in values)
        {
            if (value is JsonObject inner)
            {
                var below = found[key] as JsonObject ?? [];
                Collect(inner, below, newer, older);
                if (below.Count > 0 && below.Parent is null)
                    found[key] = below;
            }
            else if (value is JsonValue && Older(key, value.ToString(), newer, older) is { } text)
            {
                found[key] = text;
            }
        }
    }

    private static string? Older(string key, string value, string newer, string older)
    {
        if (value == newer)
            return key.EndsWith("tag", StringComparison.OrdinalIgnoreCase) ? older : null;
        return value.EndsWith(":" + newer, StringComparison.Ordinal) ? $"{value[..^newer.Length]}{older}" : null;
    }
}
