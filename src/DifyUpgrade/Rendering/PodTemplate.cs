using System.Text.Json.Nodes;
using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rendering;

/// <summary>The pod template of a rendered workload.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Spec">The pod spec.</param>
internal sealed record PodTemplate(WorkloadReference Workload, JsonObject Spec)
{
    /// <summary>The pod templates of all workloads among the objects.</summary>
    /// <param name="manifests">The rendered objects.</param>
    /// <param name="releaseNamespace">The namespace of objects that name none.</param>
    /// <returns>The templates in the manifests' order; hooks left out.</returns>
    public static IEnumerable<PodTemplate> In(IEnumerable<Manifest> manifests, string releaseNamespace)
    {
        foreach (var manifest in manifests.Where(manifest => !manifest.IsHook))
        {
            if (Enum.TryParse<WorkloadKind>(manifest.Kind, out var kind)
                && manifest.ApiVersion == "apps/v1"
                && manifest.Body["spec"]?["template"]?["spec"] is JsonObject spec)
            {
                var space = manifest.Namespace.Length > 0 ? manifest.Namespace : releaseNamespace;
                yield return new PodTemplate(new WorkloadReference(kind, space, manifest.Name), spec);
            }
        }
    }

    /// <summary>The containers of one list of the pod spec.</summary>
    /// <param name="list"><c>containers</c> or <c>initContainers</c>.</param>
    /// <returns>The containers.</returns>
    public IEnumerable<JsonObject> Containers(string list) => (Spec[list] as JsonArray ?? []).OfType<JsonObject>();
}
