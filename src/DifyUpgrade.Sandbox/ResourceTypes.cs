namespace DifyUpgrade.Sandbox;

/// <summary>Every kind the sandbox knows; what is not here answers 404.</summary>
internal static class ResourceTypes
{
    public static readonly ResourceType Namespaces = new("", "v1", "namespaces", "Namespace") { Namespaced = false, ShortNames = ["ns"], Subresources = ["status", "finalize"] };
    public static readonly ResourceType Nodes = new("", "v1", "nodes", "Node") { Namespaced = false, ShortNames = ["no"], Subresources = ["status"] };
    public static readonly ResourceType PersistentVolumes = new("", "v1", "persistentvolumes", "PersistentVolume") { Namespaced = false, ShortNames = ["pv"], Subresources = ["status"] };
    public static readonly ResourceType Pods = new("", "v1", "pods", "Pod") { ShortNames = ["po"], Categories = ["all"], Subresources = ["status", "log", "exec", "attach", "portforward", "eviction", "binding"] };
    public static readonly ResourceType Services = new("", "v1", "services", "Service") { ShortNames = ["svc"], Categories = ["all"], Subresources = ["status"] };
    public static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap") { ShortNames = ["cm"] };
    public static readonly ResourceType Secrets = new("", "v1", "secrets", "Secret");
    public static readonly ResourceType ServiceAccounts = new("", "v1", "serviceaccounts", "ServiceAccount") { ShortNames = ["sa"], Subresources = ["token"] };
    public static readonly ResourceType PersistentVolumeClaims = new("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim") { ShortNames = ["pvc"], Subresources = ["status"] };
    public static readonly ResourceType Endpoints = new("", "v1", "endpoints", "Endpoints") { ShortNames = ["ep"] };
    public static readonly ResourceType Events = new("", "v1", "events", "Event") { ShortNames = ["ev"] };
    public static readonly ResourceType ResourceQuotas = new("", "v1", "resourcequotas", "ResourceQuota") { ShortNames = ["quota"], Subresources = ["status"] };
    public static readonly ResourceType LimitRanges = new("", "v1", "limitranges", "LimitRange") { ShortNames = ["limits"] };
    public static readonly ResourceType Deployments = new("apps", "v1", "deployments", "Deployment") { ShortNames = ["deploy"], Categories = ["all"], Subresources = ["status", "scale"] };
    public static readonly ResourceType ReplicaSets = new("apps", "v1", "replicasets", "ReplicaSet") { ShortNames = ["rs"], Categories = ["all"], Subresources = ["status", "scale"] };
    public static readonly ResourceType StatefulSets = new("apps", "v1", "statefulsets", "StatefulSet") { ShortNames = ["sts"], Categories = ["all"], Subresources = ["status", "scale"] };
    public static readonly ResourceType DaemonSets = new("apps", "v1", "daemonsets", "DaemonSet") { ShortNames = ["ds"], Categories = ["all"], Subresources = ["status"] };
    public static readonly ResourceType ControllerRevisions = new("apps", "v1", "controllerrevisions", "ControllerRevision");
    public static readonly ResourceType Jobs = new("batch", "v1", "jobs", "Job") { Categories = ["all"], Subresources = ["status"] };
    public static readonly ResourceType CronJobs = new("batch", "v1", "cronjobs", "CronJob") { ShortNames = ["cj"], Categories = ["all"], Subresources = ["status"] };
    public static readonly ResourceType HorizontalPodAutoscalers = new("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler") { ShortNames = ["hpa"], Categories = ["all"], Subresources = ["status"] };
    public static readonly ResourceType PodDisruptionBudgets = new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget") { ShortNames = ["pdb"], Subresources = ["status"] };
    public static readonly ResourceType Ingresses = new("networking.k8s.io", "v1", "ingresses", "Ingress") { ShortNames = ["ing"], Subresources = ["status"] };
    public static readonly ResourceType IngressClasses = new("networking.k8s.io", "v1", "ingressclasses", "IngressClass") { Namespaced = false };
    public static readonly ResourceType NetworkPolicies = new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy") { ShortNames = ["netpol"] };
    public static readonly ResourceType EndpointSlices = new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice");
    public static readonly ResourceType Roles = new("rbac.authorization.k8s.io", "v1", "roles", "Role");
    public static readonly ResourceType RoleBindings = new("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding");
    public static readonly ResourceType ClusterRoles = new("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole") { Namespaced = false };
    public static readonly ResourceType ClusterRoleBindings = new("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding") { Namespaced = false };
    public static readonly ResourceType StorageClasses = new("storage.k8s.io", "v1", "storageclasses", "StorageClass") { Namespaced = false, ShortNames = ["sc"] };
    public static readonly ResourceType ValidatingWebhookConfigurations = new("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration") { Namespaced = false };
    public static readonly ResourceType MutatingWebhookConfigurations = new("admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration") { Namespaced = false };
    public static readonly ResourceType Leases = new("coordination.k8s.io", "v1", "leases", "Lease");

    /// <summary>All of them, core group first.</summary>
    public static readonly IReadOnlyList<ResourceType> All =
    [
        Namespaces, Nodes, PersistentVolumes, Pods, Services, ConfigMaps, Secrets, ServiceAccounts, PersistentVolumeClaims, Endpoints, Events,
        ResourceQuotas, LimitRanges, Deployments, ReplicaSets, StatefulSets, DaemonSets, ControllerRevisions, Jobs, CronJobs,
        HorizontalPodAutoscalers, PodDisruptionBudgets, Ingresses, IngressClasses, NetworkPolicies, EndpointSlices, Roles, RoleBindings,
        ClusterRoles, ClusterRoleBindings, StorageClasses, Leases, ValidatingWebhookConfigurations, MutatingWebhookConfigurations,
    ];

    private static readonly Dictionary<(string Group, string Version, string Plural), ResourceType> ByPath =
        All.ToDictionary(type => (type.Group, type.Version, type.Plural));

    private static readonly Dictionary<(string ApiVersion, string Kind), ResourceType> ByKind =
        All.ToDictionary(type => (type.ApiVersion, type.Kind));

    /// <summary>The kind that a path names.</summary>
    /// <returns>Null where there is none.</returns>
    public static ResourceType? Find(string group, string version, string plural) => ByPath.GetValueOrDefault((group, version, plural));

    /// <summary>The kind that an object says it is.</summary>
    /// <returns>Null where there is none.</returns>
    public static ResourceType? OfKind(string apiVersion, string kind) => ByKind.GetValueOrDefault((apiVersion, kind));
}
