using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>A pod's <c>qosClass</c>, by the requests and limits of its containers.</summary>
internal static class QualityOfService
{
    private static readonly string[] Resources = ["cpu", "memory"];

    /// <summary>The class.</summary>
    public static string Of(JsonObject spec)
    {
        var containers = spec.Items("initContainers").Concat(spec.Items("containers")).ToList();
        if (!containers.Exists(container => Resources.Any(name => Asks(container, "requests", name) is not null || Asks(container, "limits", name) is not null)))
            return "BestEffort";
        return containers.TrueForAll(container => Resources.All(name => IsFixed(container, name))) ? "Guaranteed" : "Burstable";
    }

    private static bool IsFixed(JsonObject container, string name) =>
        Asks(container, "limits", name) is { } limit && (Asks(container, "requests", name) ?? limit) == limit;

    private static string? Asks(JsonObject container, string kind, string name) => container.At("resources", kind, name) is { } value && value.ToString() is not "0" and var text ? text : null;
}
