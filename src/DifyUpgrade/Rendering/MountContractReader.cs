using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Rendering;

/// <summary>Reads the mount contract out of rendered manifests.</summary>
internal static class MountContractReader
{
    /// <summary>Finds every container path that shows a key of the ConfigMap.</summary>
    /// <param name="manifests">The rendered objects.</param>
    /// <param name="configMap">The ConfigMap and the keys it holds: a folder mount shows each of them.</param>
    /// <param name="releaseNamespace">The namespace of objects that name none.</param>
    /// <returns>The contract; empty when nothing mounts the ConfigMap.</returns>
    public static MountContract Read(IEnumerable<Manifest> manifests, ConfigMapKeys configMap, string releaseNamespace) =>
        new([.. PodTemplate.In(manifests, releaseNamespace).SelectMany(template => InTemplate(template, configMap))]);

    private static IEnumerable<ContractMount> InTemplate(PodTemplate template, ConfigMapKeys configMap)
    {
        var volumes = ConfigMapVolume.In(template.Spec, configMap);
        return
        [
            .. template.Containers("initContainers").SelectMany(container => InContainer(template, container, volumes)),
            .. template.Containers("containers").SelectMany(container => InContainer(template, container, volumes)),
        ];
    }

    private static IEnumerable<ContractMount> InContainer(PodTemplate template, JsonObject container, IReadOnlyList<ConfigMapVolume> volumes)
    {
        foreach (var mount in (container["volumeMounts"] as JsonArray ?? []).OfType<JsonObject>())
        {
            foreach (var (path, key, subPath) in volumes.Where(volume => volume.Name == mount["name"]?.ToString()).SelectMany(volume => Paths(mount, volume)))
            {
                yield return new ContractMount
                {
                    Workload = template.Workload,
                    Container = container["name"]?.ToString() ?? "",
                    Init = IsInit(template, container),
                    Image = container["image"]?.ToString() ?? "",
                    Path = path,
                    Key = key,
                    ReadOnly = mount["readOnly"]?.GetValueKind() == JsonValueKind.True,
                    SubPath = subPath,
                };
            }
        }
    }

    // An init container that restarts always is a sidecar: it runs as long as the others do.
    private static bool IsInit(PodTemplate template, JsonObject container) =>
        template.Containers("initContainers").Contains(container) && container["restartPolicy"]?.ToString() != "Always";

    private static IEnumerable<(string Path, string? Key, bool SubPath)> Paths(JsonObject mount, ConfigMapVolume volume)
    {
        var mountPath = mount["mountPath"]?.ToString().TrimEnd('/') ?? "";
        if (mount["subPathExpr"] is not null)
            return [(mountPath, null, true)];
        if (mount["subPath"]?.ToString().Trim('/') is { Length: > 0 } subPath)
            return volume.At(subPath, mountPath).Select(shown => (shown.Path, shown.Key, true));
        return volume.KeyByPath.Select(item => ($"{mountPath}/{item.Key}", (string?)item.Value, false));
    }
}
