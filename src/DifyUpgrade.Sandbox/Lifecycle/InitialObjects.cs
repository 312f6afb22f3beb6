using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>What a new cluster has before anybody has asked for anything.</summary>
internal static class InitialObjects
{
    private static readonly string[] Namespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

    /// <summary>Makes what is missing of it.</summary>
    /// <param name="store">The cluster's objects.</param>
    /// <param name="now">The time.</param>
    /// <param name="nodes">How many nodes it has.</param>
    public static void Ensure(ObjectStore store, DateTimeOffset now, int nodes = 3)
    {
        foreach (var name in Namespaces)
            Ensure(store, ResourceTypes.Namespaces, Namespace(name));
        for (var number = 1; number <= nodes; number++)
            Ensure(store, ResourceTypes.Nodes, Node($"sandbox-{number}", $"10.0.0.{number}", now));
        Ensure(store, ResourceTypes.StorageClasses, StorageClass());
        Ensure(store, ResourceTypes.Services, ApiServer());
    }

    private static void Ensure(ObjectStore store, ResourceType type, JsonObject body)
    {
        if (store.Get(type, body.Text("metadata", "namespace") ?? "", body.Text("metadata", "name")!) is null)
            store.Create(type, body);
    }

    private static JsonObject Namespace(string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["kubernetes.io/metadata.name"] = name } },
        ["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") },
        ["status"] = new JsonObject { ["phase"] = "Active" },
    };

    private static JsonObject ApiServer() => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = new JsonObject
        {
            ["name"] = "kubernetes",
            ["namespace"] = "default",
            ["labels"] = new JsonObject { ["component"] = "apiserver", ["provider"] = "kubernetes" },
        },
        ["spec"] = new JsonObject
        {
            ["clusterIP"] = "10.96.0.1",
            ["clusterIPs"] = new JsonArray("10.96.0.1"),
            ["internalTrafficPolicy"] = "Cluster",
            ["ipFamilies"] = new JsonArray("IPv4"),
            ["ipFamilyPolicy"] = "SingleStack",
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "https", ["port"] = 443, ["protocol"] = "TCP", ["targetPort"] = 6443 }),
            ["sessionAffinity"] = "None",
            ["type"] = "ClusterIP",
        },
        ["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() },
    };

    private static JsonObject StorageClass() => new()
    {
        ["apiVersion"] = "storage.k8s.io/v1",
        ["kind"] = "StorageClass",
        ["metadata"] = new JsonObject
        {
            ["name"] = "standard",
            ["annotations"] = new JsonObject { ["storageclass.kubernetes.io/is-default-class"] = "true" },
        },
        ["provisioner"] = "sandbox.local/folder",
        ["reclaimPolicy"] = "Delete",
        ["volumeBindingMode"] = "Immediate",
    };

    private static JsonObject Node(string name, string address, DateTimeOffset now) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Node",
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["labels"] = new JsonObject
            {
                ["beta.kubernetes.io/arch"] = "amd64",
                ["beta.kubernetes.io/os"] = "linux",
                ["kubernetes.io/arch"] = "amd64",
                ["kubernetes.io/hostname"] = name,
                ["kubernetes.io/os"] = "linux",
            },
        },
        ["spec"] = new JsonObject(),
        ["status"] = new JsonObject
        {
            ["addresses"] = new JsonArray(
                new JsonObject { ["type"] = "InternalIP", ["address"] = address },
                new JsonObject { ["type"] = "Hostname", ["address"] = name }),
            ["capacity"] = Capacity(),
            ["allocatable"] = Capacity(),
            ["conditions"] = Conditions(Timestamp.Of(now)),
            ["nodeInfo"] = NodeInfo(),
        },
    };

    // Far more than a real node of its kind takes: a rehearsal is not to fail for want of a bigger laptop.
    private static JsonObject Capacity() => new()
    {
        ["cpu"] = "256",
        ["ephemeral-storage"] = "1Ti",
        ["hugepages-1Gi"] = "0",
        ["hugepages-2Mi"] = "0",
        ["memory"] = "1Ti",
        ["pods"] = "1000",
    };

    private static JsonArray Conditions(string now) =>
    [
        Condition(("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"), now),
        Condition(("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"), now),
        Condition(("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"), now),
        Condition(("Ready", "True", "KubeletReady", "kubelet is posting ready status"), now),
    ];

    private static JsonObject Condition((string Type, string Status, string Reason, string Message) what, string now) => new()
    {
        ["type"] = what.Type,
        ["status"] = what.Status,
        ["lastHeartbeatTime"] = now,
        ["lastTransitionTime"] = now,
        ["reason"] = what.Reason,
        ["message"] = what.Message,
    };

    private static JsonObject NodeInfo() => new()
    {
        ["architecture"] = "amd64",
        ["containerRuntimeVersion"] = "containerd://2.0.5",
        ["kernelVersion"] = "6.1.0",
        ["kubeProxyVersion"] = "",
        ["kubeletVersion"] = "v1.33.1",
        ["operatingSystem"] = "linux",
        ["osImage"] = "Sandbox",
    };
}
