using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>The class of a pod by its requests and limits, which decides who is evicted first.</summary>
internal static class QualityOfService
{
    private static readonly string[] Counted = ["cpu", "memory"];

    /// <summary><c>Guaranteed</c>, <c>Burstable</c> or <c>BestEffort</c>.</summary>
    public static string Of(JsonObject spec)
    {
        var containers = spec.Items("initContainers").Concat(spec.Items("containers")).ToList();
        if (!containers.Exists(container => Counted.Any(resource => Amount(container, "requests", resource) > 0 || Amount(container, "limits", resource) > 0)))
            return "BestEffort";
        return containers.TrueForAll(container => Counted.All(resource => IsFixed(container, resource))) ? "Guaranteed" : "Burstable";
    }

    // A limit without a request is one as well.
    private static bool IsFixed(JsonObject container, string resource) =>
        Amount(container, "limits", resource) is > 0 and var limit && (container.At("resources", "requests", resource) is null || Amount(container, "requests", resource) == limit);

    private static decimal Amount(JsonObject container, string kind, string resource) => Quantity.Of(container.At("resources", kind, resource));
}
