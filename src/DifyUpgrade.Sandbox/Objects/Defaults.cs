using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>
/// Fills in what an object leaves open, as the real server does when it decodes one. What needs the cluster (a Service's
/// addresses, a claim's class) is not given here.
/// </summary>
internal static class Defaults
{
    private static readonly HashSet<ResourceType> WithoutStatus =
    [
        ResourceTypes.ConfigMaps, ResourceTypes.Secrets, ResourceTypes.ServiceAccounts, ResourceTypes.Endpoints, ResourceTypes.Events,
    ];

    private static readonly Dictionary<ResourceType, Action<JsonObject>> ByType = new()
    {
        [ResourceTypes.Namespaces] = ClusterDefaults.Namespace,
        [ResourceTypes.PersistentVolumes] = ClusterDefaults.Volume,
        [ResourceTypes.PersistentVolumeClaims] = ClusterDefaults.Claim,
        [ResourceTypes.StorageClasses] = ClusterDefaults.StorageClass,
        [ResourceTypes.LimitRanges] = ClusterDefaults.LimitRange,
        [ResourceTypes.ValidatingWebhookConfigurations] = ClusterDefaults.Webhooks,
        [ResourceTypes.MutatingWebhookConfigurations] = ClusterDefaults.Webhooks,
        [ResourceTypes.Secrets] = ClusterDefaults.Secret,
        [ResourceTypes.RoleBindings] = ClusterDefaults.RoleBinding,
        [ResourceTypes.ClusterRoleBindings] = ClusterDefaults.RoleBinding,
        [ResourceTypes.Services] = NetworkDefaults.Service,
        [ResourceTypes.Endpoints] = NetworkDefaults.Endpoints,
        [ResourceTypes.EndpointSlices] = NetworkDefaults.EndpointSlice,
        [ResourceTypes.Ingresses] = NetworkDefaults.Ingress,
        [ResourceTypes.NetworkPolicies] = NetworkDefaults.NetworkPolicy,
        [ResourceTypes.Pods] = PodDefaults.Pod,
        [ResourceTypes.Deployments] = WorkloadDefaults.Deployment,
        [ResourceTypes.ReplicaSets] = WorkloadDefaults.ReplicaSet,
        [ResourceTypes.StatefulSets] = WorkloadDefaults.StatefulSet,
        [ResourceTypes.DaemonSets] = WorkloadDefaults.DaemonSet,
        [ResourceTypes.Jobs] = WorkloadDefaults.Job,
        [ResourceTypes.CronJobs] = WorkloadDefaults.CronJob,
        [ResourceTypes.HorizontalPodAutoscalers] = WorkloadDefaults.HorizontalPodAutoscaler,
    };

    /// <summary>Fills in an object in place; twice changes nothing more.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="body">The object.</param>
    public static void Apply(ResourceType type, JsonObject body)
    {
        EmptyFields.Drop(Schema.Of(type), body);
        if (!WithoutStatus.Contains(type) && Schema.Of(type).Fields.ContainsKey("status"))
            body.Child("status");
        if (ByType.TryGetValue(type, out var fill))
            fill(body);
    }

    /// <summary>Sets a field unless it has a value.</summary>
    public static void Default(this JsonObject parent, string field, JsonNode? value)
    {
        if (parent[field] is null)
            parent[field] = value;
    }
}
