using System.Text.Json.Nodes;

namespace DifyUpgrade.Rendering;

/// <summary>A ConfigMap by name, and the keys it holds.</summary>
/// <param name="Name">The ConfigMap.</param>
/// <param name="Keys">Its keys.</param>
internal sealed record ConfigMapKeys(string Name, IReadOnlyCollection<string> Keys);

/// <summary>A volume of a pod that shows a ConfigMap, by itself or as a part of a projected volume.</summary>
/// <param name="Name">The volume's name.</param>
/// <param name="KeyByPath">ConfigMap key by path in the volume.</param>
/// <param name="HasItems">Whether the manifest lists the keys it shows; the others stay out.</param>
internal sealed record ConfigMapVolume(string Name, IReadOnlyDictionary<string, string> KeyByPath, bool HasItems)
{
    /// <summary>The volumes of a pod spec that show a ConfigMap.</summary>
    /// <param name="podSpec">The pod spec.</param>
    /// <param name="configMap">The ConfigMap.</param>
    /// <returns>The volumes.</returns>
    public static IReadOnlyList<ConfigMapVolume> In(JsonObject podSpec, ConfigMapKeys configMap) =>
        [.. (podSpec["volumes"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(volume => Sources(volume)
            .Where(source => source["name"]?.ToString() == configMap.Name)
            .Select(source => FromSource(volume["name"]?.ToString() ?? "", source, configMap)))];

    /// <summary>The key that a path would show if the ConfigMap held it.</summary>
    /// <param name="path">A path in the volume that shows none of the known keys.</param>
    /// <returns>The key; null when the volume's items leave the path out, so that kubelet would make a folder there.</returns>
    public string? KeyNotHeldAt(string path) => HasItems ? null : path;

    private static IEnumerable<JsonObject> Sources(JsonObject volume)
    {
        if (volume["configMap"] is JsonObject configMap)
            return [configMap];
        return (volume["projected"]?["sources"] as JsonArray ?? []).Select(source => source?["configMap"]).OfType<JsonObject>();
    }

    private static ConfigMapVolume FromSource(string name, JsonObject source, ConfigMapKeys configMap)
    {
        var items = (source["items"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var keyByPath = items.Count > 0
            ? items.DistinctBy(Path).ToDictionary(Path, item => item["key"]?.ToString() ?? "", StringComparer.Ordinal)
            : configMap.Keys.ToDictionary(key => key, StringComparer.Ordinal);
        return new ConfigMapVolume(name, keyByPath, items.Count > 0);

        static string Path(JsonObject item) => item["path"]?.ToString().Trim('/') ?? "";
    }
}
