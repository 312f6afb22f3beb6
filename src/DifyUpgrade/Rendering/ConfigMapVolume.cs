using System.Text.Json.Nodes;

namespace DifyUpgrade.Rendering;

/// <summary>A ConfigMap by name, and the keys it holds.</summary>
/// <param name="Name">The ConfigMap.</param>
/// <param name="Keys">Its keys.</param>
internal sealed record ConfigMapKeys(string Name, IReadOnlyCollection<string> Keys);

/// <summary>A volume of a pod that shows a ConfigMap, by itself or as a part of a projected volume.</summary>
internal sealed record ConfigMapVolume
{
    /// <summary>The volume's name.</summary>
    public required string Name { get; init; }

    /// <summary>ConfigMap key by path in the volume.</summary>
    public required IReadOnlyDictionary<string, string> KeyByPath { get; init; }

    /// <summary>Whether the volume shows any key that the ConfigMap holds; else the manifest lists those it shows.</summary>
    public required bool ShowsAll { get; init; }

    /// <summary>Whether it shows other things beside the ConfigMap, as a projected volume can.</summary>
    public required bool IsMixed { get; init; }

    /// <summary>The volumes of a pod spec that show a ConfigMap.</summary>
    /// <param name="podSpec">The pod spec.</param>
    /// <param name="configMap">The ConfigMap.</param>
    /// <returns>The volumes.</returns>
    public static IReadOnlyList<ConfigMapVolume> In(JsonObject podSpec, ConfigMapKeys configMap) =>
        [.. (podSpec["volumes"] as JsonArray ?? []).OfType<JsonObject>().Select(volume => FromVolume(volume, configMap)).OfType<ConfigMapVolume>()];

    /// <summary>What a subPath of the volume shows at a place in a container: a key, a folder of keys, or nothing known.</summary>
    /// <param name="subPath">The path in the volume.</param>
    /// <param name="mountPath">The place in the container.</param>
    /// <returns>
    /// Keys by path. A null key stands for a path that the volume's items leave out, so that kubelet would make a folder
    /// there; nothing is returned for what another part of a mixed volume may show.
    /// </returns>
    public IEnumerable<(string Path, string? Key)> At(string subPath, string mountPath)
    {
        if (KeyByPath.TryGetValue(subPath, out var key))
            return [(mountPath, key)];
        List<(string, string?)> below = [.. KeyByPath.Where(item => item.Key.StartsWith(subPath + "/", StringComparison.Ordinal)).Select(item => (mountPath + item.Key[subPath.Length..], (string?)item.Value))];
        return below.Count > 0 || IsMixed ? below : [(mountPath, ShowsAll ? subPath : null)];
    }

    private static ConfigMapVolume? FromVolume(JsonObject volume, ConfigMapKeys configMap)
    {
        var parts = Parts(volume);
        List<JsonObject> sources = [.. parts.OfType<JsonObject>().Where(source => source["name"]?.ToString() == configMap.Name)];
        if (sources.Count == 0)
            return null;

        var paths = sources.SelectMany(source => PathsOf(source, configMap)).DistinctBy(pair => pair.Key);
        return new ConfigMapVolume
        {
            Name = volume["name"]?.ToString() ?? "",
            KeyByPath = new Dictionary<string, string>(paths, StringComparer.Ordinal),
            ShowsAll = sources.Exists(source => Items(source).Count == 0),
            IsMixed = parts.Count > sources.Count,
        };
    }

    // One for each part of the volume; null for those that show no ConfigMap.
    private static List<JsonObject?> Parts(JsonObject volume) => volume["projected"] is JsonObject projected
        ? [.. (projected["sources"] as JsonArray ?? []).Select(source => (source as JsonObject)?["configMap"] as JsonObject)]
        : [volume["configMap"] as JsonObject];

    private static IEnumerable<KeyValuePair<string, string>> PathsOf(JsonObject source, ConfigMapKeys configMap) => Items(source) is { Count: > 0 } items
        ? items.Select(item => KeyValuePair.Create(item["path"]?.ToString().Trim('/') ?? "", item["key"]?.ToString() ?? ""))
        : configMap.Keys.Select(key => KeyValuePair.Create(key, key));

    private static List<JsonObject> Items(JsonObject source) => [.. (source["items"] as JsonArray ?? []).OfType<JsonObject>()];
}
