using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;

namespace DifyUpgrade.Sandbox.Lifecycle.Quotas;

/// <summary>What an object takes of the resources that a ResourceQuota can limit.</summary>
internal static class QuotaUsage
{
    private static readonly Dictionary<ResourceType, string> Plain = new()
    {
        [ResourceTypes.Services] = "services",
        [ResourceTypes.Secrets] = "secrets",
        [ResourceTypes.ConfigMaps] = "configmaps",
        [ResourceTypes.PersistentVolumeClaims] = "persistentvolumeclaims",
        [ResourceTypes.ResourceQuotas] = "resourcequotas",
    };

    private static readonly string[] PodResources = ["cpu", "memory", "ephemeral-storage"];

    /// <summary>What it takes of the resources that are limited.</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="body">The object.</param>
    /// <param name="limited">The names of the limited resources.</param>
    public static Dictionary<string, decimal> Of(ResourceType type, JsonObject body, IEnumerable<string> limited) =>
        limited.Select(name => (name, Amount: Of(type, body, name))).Where(use => use.Amount is not null).ToDictionary(use => use.name, use => use.Amount!.Value);

    /// <summary>Writes an amount of a resource.</summary>
    public static string Text(string resource, decimal amount) => Quantity.Text(amount, resource.Contains("memory", StringComparison.Ordinal) || resource.Contains("storage", StringComparison.Ordinal));

    /// <summary>The containers that do not say how much they take of a resource that is limited.</summary>
    public static IEnumerable<(string Resource, string Container)> Unsaid(JsonObject pod, IEnumerable<string> limited) =>
        from resource in limited
        let place = Place(resource)
        where place is not null
        from container in pod.Items("spec", "containers")
        where container.At("resources", place.Value.Kind, place.Value.Name) is null
        select (resource, container.Text("name") ?? "");

    private static decimal? Of(ResourceType type, JsonObject body, string resource)
    {
        if (type == ResourceTypes.Pods && body.Text("status", "phase") is "Succeeded" or "Failed")
            return resource == "count/pods" ? 1 : null;
        if (resource == "count/" + type.QualifiedPlural || Plain.GetValueOrDefault(type) == resource)
            return 1;
        if (type == ResourceTypes.PersistentVolumeClaims && resource == "requests.storage")
            return Quantity.Of(body.At("spec", "resources", "requests", "storage"));
        if (type == ResourceTypes.Services && resource is "services.loadbalancers" or "services.nodeports")
            return (resource, body.Text("spec", "type")) is ("services.loadbalancers", "LoadBalancer") or ("services.nodeports", "NodePort" or "LoadBalancer") ? 1 : null;
        return type == ResourceTypes.Pods ? OfPod(body, resource) : null;
    }

    private static decimal? OfPod(JsonObject pod, string resource)
    {
        if (resource == "pods")
            return 1;
        return Place(resource) is { } place ? pod.Items("spec", "containers").Sum(container => Quantity.Of(container.At("resources", place.Kind, place.Name))) : null;
    }

    private static (string Kind, string Name)? Place(string resource) => resource.Split('.', 2) switch
    {
        [var name] when PodResources.Contains(name) => ("requests", name),
        ["requests" or "limits", var name] when PodResources.Contains(name) => (resource[..resource.IndexOf('.', StringComparison.Ordinal)], name),
        _ => null,
    };
}
