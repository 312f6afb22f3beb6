using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>
/// Zero values that Go leaves out (<c>omitempty</c> on a field that is no pointer): <c>readOnly: false</c> and
/// <c>minReadySeconds: 0</c> are not there after the server has read them; <c>replicas: 0</c>, behind a pointer, is.
/// </summary>
internal static class ZeroValues
{
    /// <summary>For each type that people write: the plain fields in which a zero stays. As tagged in k8s.io/api.</summary>
    private static readonly Dictionary<string, string> Kept = new()
    {
        ["V1ObjectMeta"] = "deletionGracePeriodSeconds",
        ["V1PodSpec"] = "terminationGracePeriodSeconds activeDeadlineSeconds automountServiceAccountToken shareProcessNamespace priority runtimeClassName enableServiceLinks preemptionPolicy setHostnameAsFQDN hostUsers hostnameOverride",
        ["V1Container"] = "restartPolicy name",
        ["V1EphemeralContainer"] = "restartPolicy name",
        ["V1ContainerPort"] = "containerPort",
        ["V1EnvVar"] = "name",
        ["V1EnvFromSource"] = "",
        ["V1ConfigMapEnvSource"] = "optional",
        ["V1SecretEnvSource"] = "optional",
        ["V1ConfigMapKeySelector"] = "optional key",
        ["V1SecretKeySelector"] = "optional key",
        ["V1ObjectFieldSelector"] = "fieldPath",
        ["V1ResourceFieldSelector"] = "resource",
        ["V1Probe"] = "terminationGracePeriodSeconds",
        ["V1HTTPGetAction"] = "protocol",
        ["V1TCPSocketAction"] = "",
        ["V1GRPCAction"] = "service mode port",
        ["V1ExecAction"] = "",
        ["V1Lifecycle"] = "stopSignal",
        ["V1VolumeMount"] = "recursiveReadOnly mountPropagation name mountPath",
        ["V1VolumeDevice"] = "name devicePath",
        ["V1Volume"] = "name",
        ["V1HostPathVolumeSource"] = "type path",
        ["V1EmptyDirVolumeSource"] = "mode",
        ["V1SecretVolumeSource"] = "defaultMode optional defaultUser",
        ["V1ConfigMapVolumeSource"] = "defaultMode optional defaultUser",
        ["V1ProjectedVolumeSource"] = "defaultMode defaultUser",
        ["V1DownwardAPIVolumeSource"] = "defaultMode defaultUser",
        ["V1DownwardAPIVolumeFile"] = "mode user path",
        ["V1PersistentVolumeClaimVolumeSource"] = "claimName",
        ["V1NFSVolumeSource"] = "server path",
        ["V1CSIVolumeSource"] = "readOnly fsType driver",
        ["V1KeyToPath"] = "mode user key path",
        ["V1ConfigMapProjection"] = "optional",
        ["V1SecretProjection"] = "optional",
        ["V1ServiceAccountTokenProjection"] = "expirationSeconds user path",
        ["V1PodSecurityContext"] = "runAsUser runAsGroup runAsNonRoot supplementalGroupsPolicy fsGroup fsGroupChangePolicy seLinuxChangePolicy",
        ["V1SecurityContext"] = "privileged runAsUser runAsGroup runAsNonRoot readOnlyRootFilesystem allowPrivilegeEscalation procMount",
        ["V1Toleration"] = "tolerationSeconds",
        ["V1TopologySpreadConstraint"] = "minDomains nodeAffinityPolicy nodeTaintsPolicy maxSkew topologyKey whenUnsatisfiable",
        ["V1HostAlias"] = "ip",
        ["V1LocalObjectReference"] = "",
        ["V1DeploymentSpec"] = "replicas revisionHistoryLimit progressDeadlineSeconds",
        ["V1DeploymentStrategy"] = "",
        ["V1StatefulSetSpec"] = "replicas revisionHistoryLimit serviceName",
        ["V1StatefulSetUpdateStrategy"] = "",
        ["V1DaemonSetSpec"] = "revisionHistoryLimit",
        ["V1ReplicaSetSpec"] = "replicas",
        ["V1JobSpec"] = "parallelism completions activeDeadlineSeconds backoffLimit backoffLimitPerIndex maxFailedIndexes manualSelector ttlSecondsAfterFinished completionMode suspend podReplacementPolicy managedBy",
        ["V1CronJobSpec"] = "timeZone startingDeadlineSeconds suspend successfulJobsHistoryLimit failedJobsHistoryLimit schedule",
        ["V1ServiceSpec"] = "ipFamilyPolicy allocateLoadBalancerNodePorts loadBalancerClass internalTrafficPolicy trafficDistribution",
        ["V1ServicePort"] = "appProtocol port",
        ["V1ServiceAccount"] = "automountServiceAccountToken",
        ["V1ConfigMap"] = "immutable",
        ["V1Secret"] = "immutable",
        ["V1PersistentVolumeClaimSpec"] = "storageClassName volumeMode volumeAttributesClassName",
        ["V1PersistentVolumeSpec"] = "volumeMode volumeAttributesClassName",
        ["V1IngressSpec"] = "ingressClassName",
        ["V1IngressRule"] = "",
        ["V1IngressTLS"] = "",
        ["V1IngressServiceBackend"] = "name",
        ["V1ServiceBackendPort"] = "",
        ["V1HTTPIngressPath"] = "pathType",
        ["V1StorageClass"] = "reclaimPolicy allowVolumeExpansion volumeBindingMode provisioner",
        ["V2HorizontalPodAutoscalerSpec"] = "minReplicas maxReplicas",
        ["V2MetricTarget"] = "averageUtilization type",
        ["V1NetworkPolicyPort"] = "protocol endPort",
        ["V1DeploymentStatus"] = "terminatingReplicas collisionCount",
        ["V1ReplicaSetStatus"] = "replicas terminatingReplicas",
        ["V1StatefulSetStatus"] = "replicas availableReplicas collisionCount",
        ["V1DaemonSetStatus"] = "currentNumberScheduled numberMisscheduled desiredNumberScheduled numberReady collisionCount",
        ["V1JobStatus"] = "terminating failedIndexes ready",
        ["V1PodDisruptionBudgetStatus"] = "disruptionsAllowed currentHealthy desiredHealthy expectedPods",
        ["V1SubjectAccessReviewStatus"] = "allowed",
        ["Rbacv1Subject"] = "kind name",
    };

    /// <summary>Whether a value is a zero that is left out.</summary>
    /// <param name="type">The struct around it.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="value">What is in it.</param>
    public static bool IsLeftOut(string type, string field, JsonNode? value) =>
        value is JsonValue && IsZero(value) && Kept.TryGetValue(type, out var kept) && !kept.Split(' ').Contains(field);

    /// <summary>Whether a type is in the table.</summary>
    public static bool Knows(string type) => Kept.ContainsKey(type);

    private static bool IsZero(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.False => true,
        JsonValueKind.String => value.GetValue<string>().Length == 0,
        JsonValueKind.Number => value.ToJsonString() == "0",
        _ => false,
    };
}
