using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Services;

/// <summary>Writes a Service's EndpointSlices: a hundred pods in each, and only those rewritten whose pods changed.</summary>
/// <param name="plane">Where they go.</param>
internal sealed class EndpointSliceWriter(ControlPlane plane)
{
    private const int Size = 100;

    /// <summary>Writes them.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="pods">Its pods that have an address.</param>
    public void Write(StoredObject service, IReadOnlyList<StoredObject> pods)
    {
        var slices = plane.Index.Controlled(ResourceTypes.EndpointSlices, service).OrderBy(slice => slice.Name, StringComparer.Ordinal).ToList();
        var wanted = pods.ToDictionary(pod => pod.Uid);
        List<(StoredObject? Slice, List<StoredObject> Pods)> filled = [.. slices.Select(slice => ((StoredObject?)slice, Keep(slice, wanted)))];
        if (filled.Count == 0)
            filled.Add((null, []));
        foreach (var pod in wanted.Values)
        {
            if (filled.Find(entry => entry.Pods.Count < Size).Pods is not { } room)
                filled.Add((null, room = []));
            room.Add(pod);
        }

        for (var index = 0; index < filled.Count; index++)
            Write(service, filled[index].Slice, filled[index].Pods, isFirst: index == 0);
    }

    // A pod stays in the slice it is in, so that the others need no change.
    private static List<StoredObject> Keep(StoredObject slice, Dictionary<string, StoredObject> wanted)
    {
        List<StoredObject> kept = [];
        foreach (var endpoint in slice.Body.Items("endpoints"))
        {
            if (wanted.Remove(endpoint.Text("targetRef", "uid") ?? "", out var pod))
                kept.Add(pod);
        }

        return kept;
    }

    private void Write(StoredObject service, StoredObject? slice, List<StoredObject> pods, bool isFirst)
    {
        if (slice is not null && pods.Count == 0 && !isFirst)
        {
            plane.Deletion.Begin(slice);
        }
        else if (slice is not null)
        {
            plane.Change(slice, body => Fill(body, service, pods));
        }
        else
        {
            var body = new JsonObject
            {
                ["apiVersion"] = "discovery.k8s.io/v1",
                ["kind"] = "EndpointSlice",
                ["metadata"] = new JsonObject { ["generateName"] = service.Name + "-", ["name"] = RandomSuffix.Name(service.Name + "-"), ["namespace"] = service.Namespace },
                ["addressType"] = "IPv4",
            };
            OwnerReference.Add(body, service);
            Fill(body, service, pods);
            plane.Store.Create(ResourceTypes.EndpointSlices, body);
        }
    }

    private static void Fill(JsonObject body, StoredObject service, List<StoredObject> pods)
    {
        var labels = service.Body.At("metadata", "labels")?.DeepClone().AsObject() ?? [];
        labels["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io";
        labels["kubernetes.io/service-name"] = service.Name;
        if (service.Body.Text("spec", "clusterIP") == "None")
            labels["service.kubernetes.io/headless"] = "";
        body.Child("metadata")["labels"] = labels;
        body["endpoints"] = new JsonArray([.. pods.Select(pod => Endpoint(service, pod))]);
        body["ports"] = pods.Count > 0 ? ServicePorts.Of(service, pods[0]) : new JsonArray();
    }

    private static JsonObject Endpoint(StoredObject service, StoredObject pod)
    {
        var facts = PodFacts.Of(pod);
        var isPublished = service.Body.Flag("spec", "publishNotReadyAddresses");
        var endpoint = new JsonObject
        {
            ["addresses"] = new JsonArray(facts.Address!),
            ["conditions"] = new JsonObject
            {
                ["ready"] = isPublished || (facts.IsReady && !facts.IsTerminating),
                ["serving"] = isPublished || facts.IsReady,
                ["terminating"] = facts.IsTerminating,
            },
        };
        if (pod.Body.Text("spec", "subdomain") == service.Name && pod.Body.Text("spec", "hostname") is { Length: > 0 } host)
            endpoint["hostname"] = host;
        endpoint["nodeName"] = facts.NodeName;
        endpoint["targetRef"] = EndpointsWriter.Reference(pod);
        return endpoint;
    }
}
