using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Services;

/// <summary>Writes a Service's Endpoints.</summary>
/// <param name="plane">Where they go.</param>
internal sealed class EndpointsWriter(ControlPlane plane)
{
    private const string Headless = "service.kubernetes.io/headless";
    private const string Managed = "endpoints.kubernetes.io/managed-by";

    /// <summary>Removes the Endpoints of a Service that is gone.</summary>
    public void Remove(ObjectName name)
    {
        if (plane.Index.Get(ResourceTypes.Endpoints, name) is { } endpoints && endpoints.Body.Text("metadata", "labels", Managed) is not null)
            plane.Deletion.Begin(endpoints);
    }

    /// <summary>Writes them.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="pods">Its pods that have an address.</param>
    public void Write(StoredObject service, IReadOnlyList<StoredObject> pods)
    {
        var subsets = Subsets(service, pods.Where(pod => !pod.IsTerminating || service.Body.Flag("spec", "publishNotReadyAddresses")));
        if (plane.Index.Get(ResourceTypes.Endpoints, new ObjectName(service.Namespace, service.Name)) is { } present)
        {
            plane.Change(present, body => Fill(body, service, subsets));
            return;
        }

        var body = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Endpoints",
            ["metadata"] = new JsonObject { ["name"] = service.Name, ["namespace"] = service.Namespace },
        };
        Fill(body, service, subsets);
        plane.Store.Create(ResourceTypes.Endpoints, body);
    }

    private static void Fill(JsonObject body, StoredObject service, JsonArray subsets)
    {
        var labels = service.Body.At("metadata", "labels")?.DeepClone().AsObject() ?? [];
        labels[Managed] = "endpoint-controller";
        if (service.Body.Text("spec", "clusterIP") == "None")
            labels[Headless] = "";
        body.Child("metadata")["labels"] = labels;
        if (subsets.Count == 0)
            body.Remove("subsets");
        else
            body["subsets"] = subsets;
    }

    // Pods that call their ports differently are in subsets of their own.
    private static JsonArray Subsets(StoredObject service, IEnumerable<StoredObject> pods)
    {
        JsonArray subsets = [];
        foreach (var group in pods.GroupBy(pod => ServicePorts.Of(service, pod).ToJsonString()))
        {
            var subset = new JsonObject();
            Add(subset, "addresses", service, group.Where(pod => IsReady(service, pod)));
            Add(subset, "notReadyAddresses", service, group.Where(pod => !IsReady(service, pod)));
            if (ServicePorts.Of(service, group.First()) is { Count: > 0 } ports)
                subset["ports"] = ports;
            subsets.Add(subset);
        }

        return subsets;
    }

    private static bool IsReady(StoredObject service, StoredObject pod) => PodFacts.Of(pod).IsReady || service.Body.Flag("spec", "publishNotReadyAddresses");

    private static void Add(JsonObject subset, string field, StoredObject service, IEnumerable<StoredObject> pods)
    {
        var addresses = new JsonArray([.. pods.OrderBy(pod => PodFacts.Of(pod).Address, StringComparer.Ordinal).Select(pod => Address(service, pod))]);
        if (addresses.Count > 0)
            subset[field] = addresses;
    }

    private static JsonObject Address(StoredObject service, StoredObject pod)
    {
        var address = new JsonObject { ["ip"] = PodFacts.Of(pod).Address };
        if (pod.Body.Text("spec", "subdomain") == service.Name && pod.Body.Text("spec", "hostname") is { Length: > 0 } host)
            address["hostname"] = host;
        address["nodeName"] = PodFacts.Of(pod).NodeName;
        address["targetRef"] = Reference(pod);
        return address;
    }

    /// <summary>A reference to the pod behind an address.</summary>
    public static JsonObject Reference(StoredObject pod) =>
        new() { ["kind"] = "Pod", ["namespace"] = pod.Namespace, ["name"] = pod.Name, ["uid"] = pod.Uid };
}
