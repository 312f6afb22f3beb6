using System.Text.Json;
using k8s;
using k8s.Models;

namespace DifyUpgrade.Cluster;

/// <summary>Brings the three kinds of workload to one record; pure.</summary>
internal static class WorkloadMapping
{
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    private const string TemplateGenerationAnnotation = "deprecated.daemonset.template.generation";

    /// <summary>Reads a workload.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="item">The API's object.</param>
    /// <param name="redactor">Takes secrets out of messages.</param>
    /// <returns>The state.</returns>
    public static WorkloadState Read(WorkloadKind kind, JsonElement item, Redactor redactor) => kind switch
    {
        WorkloadKind.Deployment => Read(KubernetesJson.Deserialize<V1Deployment>(item), redactor),
        WorkloadKind.StatefulSet => Read(KubernetesJson.Deserialize<V1StatefulSet>(item)),
        _ => Read(KubernetesJson.Deserialize<V1DaemonSet>(item)),
    };

    private static WorkloadState Read(V1Deployment deployment, Redactor redactor)
    {
        var status = deployment.Status ?? new();
        var progress = Condition(status, "Progressing");
        var replicaFailure = Condition(status, "ReplicaFailure");
        return new()
        {
            Reference = ReferenceOf(WorkloadKind.Deployment, deployment.Metadata),
            Uid = deployment.Metadata.Uid,
            Generation = deployment.Metadata.Generation ?? 0,
            ObservedGeneration = status.ObservedGeneration ?? 0,
            Desired = deployment.Spec.Replicas ?? 1,
            Updated = status.UpdatedReplicas ?? 0,
            Total = status.Replicas ?? 0,
            Ready = status.ReadyReplicas ?? 0,
            Available = status.AvailableReplicas ?? 0,
            Paused = deployment.Spec.Paused == true,
            ProgressDeadlineExceeded = progress?.Reason == "ProgressDeadlineExceeded",
            ProgressMessage = Message(progress, redactor),
            ReplicaFailure = replicaFailure?.Status == "True" ? Message(replicaFailure, redactor) : null,
            Revision = Annotation(deployment.Metadata, RevisionAnnotation),
            UpdateStrategy = deployment.Spec.Strategy?.Type ?? "RollingUpdate",
            MaxSurge = deployment.Spec.Strategy?.RollingUpdate?.MaxSurge?.Value,
            MaxUnavailable = deployment.Spec.Strategy?.RollingUpdate?.MaxUnavailable?.Value,
            Selector = LabelSelectorText.Of(deployment.Spec.Selector),
        };
    }

    private static WorkloadState Read(V1StatefulSet set)
    {
        var status = set.Status ?? new();

        // availableReplicas is younger than Kubernetes 1.22; before, minReadySeconds did not exist either.
        var waits = set.Spec.MinReadySeconds is > 0;
        return new()
        {
            Reference = ReferenceOf(WorkloadKind.StatefulSet, set.Metadata),
            Uid = set.Metadata.Uid,
            Generation = set.Metadata.Generation ?? 0,
            ObservedGeneration = status.ObservedGeneration ?? 0,
            Desired = set.Spec.Replicas ?? 1,
            Updated = status.UpdatedReplicas ?? 0,
            Total = status.Replicas,
            Ready = status.ReadyReplicas ?? 0,
            Available = status.AvailableReplicas ?? (waits ? 0 : status.ReadyReplicas ?? 0),
            Revision = status.UpdateRevision,
            CurrentRevision = status.CurrentRevision,
            UpdateStrategy = set.Spec.UpdateStrategy?.Type ?? "RollingUpdate",
            MaxUnavailable = set.Spec.UpdateStrategy?.RollingUpdate?.MaxUnavailable?.Value,
            Partition = set.Spec.UpdateStrategy?.RollingUpdate?.Partition,
            Selector = LabelSelectorText.Of(set.Spec.Selector),
        };
    }

    private static WorkloadState Read(V1DaemonSet set)
    {
        var status = set.Status;
        return new()
        {
            Reference = ReferenceOf(WorkloadKind.DaemonSet, set.Metadata),
            Uid = set.Metadata.Uid,
            Generation = set.Metadata.Generation ?? 0,
            ObservedGeneration = status?.ObservedGeneration ?? 0,
            Desired = status?.DesiredNumberScheduled ?? 0,
            Updated = status?.UpdatedNumberScheduled ?? 0,
            Total = status?.CurrentNumberScheduled ?? 0,
            Ready = status?.NumberReady ?? 0,
            Available = status?.NumberAvailable ?? 0,
            Revision = Annotation(set.Metadata, TemplateGenerationAnnotation),
            UpdateStrategy = set.Spec.UpdateStrategy?.Type ?? "RollingUpdate",
            MaxSurge = set.Spec.UpdateStrategy?.RollingUpdate?.MaxSurge?.Value,
            MaxUnavailable = set.Spec.UpdateStrategy?.RollingUpdate?.MaxUnavailable?.Value,
            Selector = LabelSelectorText.Of(set.Spec.Selector),
        };
    }

    private static WorkloadReference ReferenceOf(WorkloadKind kind, V1ObjectMeta metadata) =>
        new(kind, metadata.NamespaceProperty, metadata.Name);

    private static V1DeploymentCondition? Condition(V1DeploymentStatus status, string type) =>
        status.Conditions?.FirstOrDefault(condition => condition.Type == type);

    private static string? Message(V1DeploymentCondition? condition, Redactor redactor) =>
        condition?.Message is { Length: > 0 } message ? OneLine.Of(message, redactor) : null;

    private static string? Annotation(V1ObjectMeta metadata, string name) =>
        metadata.Annotations?.TryGetValue(name, out var value) == true ? value : null;
}
