namespace DifyUpgrade.Sandbox.Objects;

/// <summary>
/// The exceptions from the general rule: lists are atomic, maps and structs are not. As tagged in k8s.io/api (core, apps,
/// batch, networking, policy, rbac, autoscaling, storage, discovery), Kubernetes 1.33.
/// </summary>
internal static class MergeRules
{
    private static readonly MergeRule ByType = MergeRule.By("type");
    private static readonly MergeRule ByName = MergeRule.By("name");
    private static readonly MergeRule ByContainerPort = new("containerPort", ["containerPort", "protocol"]);
    private static readonly MergeRule ByServicePort = new("port", ["port", "protocol"]);
    private static readonly MergeRule AtomicMap = MergeRule.Whole with { IsAtomicMap = true };
    private static readonly MergeRule Values = MergeRule.Whole with { IsSet = true };

    private static readonly Dictionary<(string Type, string Field), MergeRule> Rules = new()
    {
        [("V1ObjectMeta", "ownerReferences")] = MergeRule.By("uid"),
        [("V1ObjectMeta", "finalizers")] = Values with { PatchAdds = true },
        [("V1PodSpec", "containers")] = ByName,
        [("V1PodSpec", "initContainers")] = ByName,
        [("V1PodSpec", "ephemeralContainers")] = ByName,
        [("V1PodSpec", "volumes")] = ByName,
        [("V1PodSpec", "imagePullSecrets")] = ByName,
        [("V1PodSpec", "resourceClaims")] = ByName,
        [("V1PodSpec", "schedulingGates")] = ByName,
        [("V1PodSpec", "hostAliases")] = MergeRule.By("ip"),
        [("V1PodSpec", "topologySpreadConstraints")] = new("topologyKey", ["topologyKey", "whenUnsatisfiable"]),
        [("V1PodSpec", "nodeSelector")] = AtomicMap,
        [("V1PodStatus", "conditions")] = ByType,
        [("V1PodStatus", "podIPs")] = MergeRule.By("ip"),
        [("V1PodStatus", "hostIPs")] = new("ip", []),
        [("V1PodStatus", "resourceClaimStatuses")] = ByName,
        [("V1Container", "ports")] = ByContainerPort,
        [("V1Container", "env")] = ByName,
        [("V1Container", "volumeMounts")] = MergeRule.By("mountPath"),
        [("V1Container", "volumeDevices")] = MergeRule.By("devicePath"),
        [("V1EphemeralContainer", "ports")] = ByContainerPort,
        [("V1EphemeralContainer", "env")] = ByName,
        [("V1EphemeralContainer", "volumeMounts")] = MergeRule.By("mountPath"),
        [("V1EphemeralContainer", "volumeDevices")] = MergeRule.By("devicePath"),
        [("V1ContainerStatus", "volumeMounts")] = MergeRule.By("mountPath"),
        [("V1ContainerStatus", "allocatedResourcesStatus")] = ByName,
        [("V1ResourceRequirements", "claims")] = new(null, ["name"]),
        [("V1ServiceSpec", "ports")] = ByServicePort,
        [("V1ServiceSpec", "selector")] = AtomicMap,
        [("V1ServiceStatus", "conditions")] = ByType,
        [("V1ServiceAccount", "secrets")] = ByName,
        [("V1NamespaceStatus", "conditions")] = ByType,
        [("V1NodeSpec", "podCIDRs")] = Values with { PatchAdds = true },
        [("V1NodeStatus", "conditions")] = ByType,
        [("V1NodeStatus", "addresses")] = ByType,
        [("V1PersistentVolumeSpec", "claimRef")] = MergeRule.Whole with { IsGranular = true },
        [("V1PersistentVolumeClaimStatus", "conditions")] = ByType,
        [("V1DaemonSetStatus", "conditions")] = ByType,
        [("V1DeploymentStatus", "conditions")] = ByType,
        [("V1ReplicaSetStatus", "conditions")] = ByType,
        [("V1StatefulSetStatus", "conditions")] = ByType,
        [("V1JobStatus", "conditions")] = new("type", []),
        [("V1UncountedTerminatedPods", "succeeded")] = Values,
        [("V1UncountedTerminatedPods", "failed")] = Values,
        [("V1PodFailurePolicyOnExitCodesRequirement", "values")] = Values,
        [("V1PodDisruptionBudgetSpec", "selector")] = MergeRule.Whole with { PatchReplaces = true },
        [("V1PodDisruptionBudgetStatus", "conditions")] = ByType,
        [("V2HorizontalPodAutoscalerStatus", "conditions")] = ByType,
        [("V1Endpoint", "addresses")] = Values,
        [("V1ValidatingWebhookConfiguration", "webhooks")] = ByName,
        [("V1MutatingWebhookConfiguration", "webhooks")] = ByName,
    };

    private static readonly HashSet<string> AtomicStructs =
    [
        "V1LabelSelector", "V1OwnerReference", "V1ConfigMapKeySelector", "V1SecretKeySelector", "V1ObjectFieldSelector",
        "V1ResourceFieldSelector", "V1LocalObjectReference", "V1ObjectReference", "V1SecretReference", "V1TypedLocalObjectReference",
        "V1NodeSelector", "V1NodeSelectorTerm", "V1ScopeSelector", "V1TopologySelectorTerm", "V1EndpointAddress", "Corev1EndpointPort",
        "Discoveryv1EndpointPort", "V1ServiceBackendPort", "V1RoleRef", "Rbacv1Subject",
    ];

    /// <summary>How a field of a type is merged.</summary>
    public static MergeRule Of(string type, string field) => Rules.GetValueOrDefault((type, field), MergeRule.Whole);

    /// <summary>Whether a struct has one owner as a whole.</summary>
    public static bool IsAtomic(string type) => AtomicStructs.Contains(type);
}
