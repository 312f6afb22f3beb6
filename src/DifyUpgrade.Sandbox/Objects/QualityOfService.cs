using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>The class of a pod by its requests and limits, which decides who is evicted first.</summary>
internal static class QualityOfService
{
    private static readonly string[] Counted = ["cpu", "memory"];

    /// <summary><c>Guaranteed</c>, <c>Burstable</c> or <c>BestEffort</c>.</summary>
    public static string Of(JsonObject spec)
    {
        var resources = spec.Items("initContainers").Concat(spec.Items("containers")).Select(container => container["resources"]).ToList();
        if (!resources.Any(one => Counted.Any(resource => one.At("requests", resource) is not null || one.At("limits", resource) is not null)))
            return "BestEffort";
        return resources.All(one => Counted.All(resource => one.At("limits", resource) is { } limit && JsonNode.DeepEquals(limit, one.At("requests", resource))))
            ? "Guaranteed"
            : "Burstable";
    }
}
