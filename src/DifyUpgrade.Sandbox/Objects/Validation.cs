using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Refuses what the real server would refuse: the rules that charts and people run into.</summary>
internal static class Validation
{
    private static readonly Dictionary<ResourceType, Action<JsonObject, JsonObject?, FieldErrors>> ByType = new()
    {
        [ResourceTypes.ConfigMaps] = DataValidation.ConfigMap,
        [ResourceTypes.Secrets] = DataValidation.Secret,
        [ResourceTypes.PersistentVolumeClaims] = DataValidation.Claim,
        [ResourceTypes.Services] = NetworkValidation.Service,
        [ResourceTypes.Ingresses] = (body, _, errors) => NetworkValidation.Ingress(body, errors),
        [ResourceTypes.Roles] = (body, _, errors) => AccessValidation.Role(body, errors),
        [ResourceTypes.ClusterRoles] = (body, _, errors) => AccessValidation.Role(body, errors),
        [ResourceTypes.RoleBindings] = AccessValidation.Binding,
        [ResourceTypes.ClusterRoleBindings] = AccessValidation.Binding,
        [ResourceTypes.Pods] = PodValidation.Pod,
        [ResourceTypes.Deployments] = WorkloadValidation.Deployment,
        [ResourceTypes.ReplicaSets] = WorkloadValidation.ReplicaSet,
        [ResourceTypes.StatefulSets] = WorkloadValidation.StatefulSet,
        [ResourceTypes.DaemonSets] = WorkloadValidation.DaemonSet,
        [ResourceTypes.Jobs] = WorkloadValidation.Job,
        [ResourceTypes.CronJobs] = (body, _, errors) => WorkloadValidation.CronJob(body, errors),
        [ResourceTypes.HorizontalPodAutoscalers] = (body, _, errors) => WorkloadValidation.HorizontalPodAutoscaler(body, errors),
        [ResourceTypes.PodDisruptionBudgets] = (body, _, errors) => WorkloadValidation.PodDisruptionBudget(body, errors),
    };

    /// <summary>Checks an object that has its defaults.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="body">The object as it would be stored.</param>
    /// <param name="before">The object as it is stored; null for a new one.</param>
    /// <exception cref="ApiException">422: all that is wrong.</exception>
    public static void Check(ResourceType type, JsonObject body, JsonObject? before)
    {
        var errors = new FieldErrors();
        MetadataValidation.Check(type, body, before, errors);
        if (ByType.TryGetValue(type, out var check))
            check(body, before, errors);
        errors.Throw(type, body);
    }
}
