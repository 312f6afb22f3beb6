using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;

namespace DifyUpgrade.Sandbox.Pods.Volumes;

/// <summary>What a pod can be told about itself, through its environment or a downwardAPI volume.</summary>
internal static class PodField
{
    /// <summary>A field of the pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="path">Such as <c>metadata.labels['app']</c>.</param>
    /// <param name="allLabels">Whether all labels or annotations at once may be asked for.</param>
    /// <returns>Null for one that cannot be asked for.</returns>
    public static string? Of(SimulatedPod pod, string path, bool allLabels = false)
    {
        var host = pod.Services.HostAddress(pod.Node);
        return path switch
        {
            "metadata.name" or "metadata.namespace" or "metadata.uid" => pod.Body.Text("metadata", path["metadata.".Length..]),
            "spec.nodeName" => pod.Node,
            "spec.serviceAccountName" => pod.Spec.Text("serviceAccountName") ?? "default",
            "status.podIP" or "status.podIPs" => pod.Address ?? "",
            "status.hostIP" or "status.hostIPs" => host,
            "metadata.labels" or "metadata.annotations" when allLabels => All(pod.Body.At("metadata", path["metadata.".Length..])),
            _ => One(pod.Body, path),
        };
    }

    /// <summary>A container's limit or request.</summary>
    public static string? Resource(JsonObject? container, JsonObject reference)
    {
        if (reference.Text("resource")?.Split('.', 2) is not [var kind, var name] || container.At("resources", kind, name) is not { } quantity)
            return "0";
        var value = Quantity.Of(quantity);
        var divisor = Quantity.Of(reference.At("divisor"));
        return $"{Math.Ceiling(value / (divisor == 0 ? 1 : divisor)):0}";
    }

    private static string? One(JsonObject body, string path)
    {
        foreach (var kind in (string[])["labels", "annotations"])
        {
            var start = $"metadata.{kind}['";
            if (path.StartsWith(start, StringComparison.Ordinal) && path.EndsWith("']", StringComparison.Ordinal))
                return body.Text("metadata", kind, path[start.Length..^2]) ?? "";
        }

        return null;
    }

    private static string All(JsonNode? entries) => string.Join('\n', (entries as JsonObject ?? [])
        .OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}=\"{entry.Value?.ToString().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\""));
}
