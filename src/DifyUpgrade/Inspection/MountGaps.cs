using System.Text.Json.Nodes;
using DifyUpgrade.Cluster;
using DifyUpgrade.Rendering;

namespace DifyUpgrade.Inspection;

/// <summary>Finds workloads that run an image whose other workloads replace a file of it, and do not replace it themselves.</summary>
internal static class MountGaps
{
    /// <summary>Looks for them.</summary>
    /// <param name="chart">The workloads and what they mount.</param>
    /// <param name="releaseNamespace">The namespace of objects that name none.</param>
    /// <returns>A warning for each workload and file.</returns>
    public static IReadOnlyList<Finding> In(RenderedChart chart, string releaseNamespace)
    {
        var containers = PodTemplate.In(chart.Manifests, releaseNamespace).SelectMany(ContainersOf).ToList();
        return
        [
            .. from sameImage in containers.GroupBy(container => container.Image, StringComparer.Ordinal)
               from mount in chart.Contract.Readable.Where(mount => mount.Image == sameImage.Key).DistinctBy(mount => (mount.Path, mount.Key))
               from bare in sameImage.DistinctBy(container => container.Workload)
               where !chart.Contract.Mounts.Any(other => other.Workload == bare.Workload && other.Path == mount.Path)
               select Gap(mount, bare),
        ];
    }

    private static Finding Gap(ContractMount mount, Container bare) => Finding.Warning(
        $"{bare.Workload} runs the same image as {mount.Workload} but does not mount {mount.Path}, so it works with the image's own file",
        $"{bare.Workload}, container {bare.Name}",
        $"Mount the key {mount.Key} there too, or leave it if that is meant");

    private static IEnumerable<Container> ContainersOf(PodTemplate template) => template.Containers("containers")
        .Select(container => new Container(template.Workload, Text(container, "name"), Text(container, "image")))
        .Where(container => container.Image.Length > 0);

    private static string Text(JsonObject container, string name) => container[name]?.ToString() ?? "";

    private sealed record Container(WorkloadReference Workload, string Name, string Image);
}
