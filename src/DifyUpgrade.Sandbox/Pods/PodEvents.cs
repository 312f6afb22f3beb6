using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Writes kubelet's events; one that is like an earlier one counts up there, as client-go does it.</summary>
internal sealed class PodEvents(ObjectStore store, PodTime time)
{
    private readonly Dictionary<string, StoredObject> _known = new(StringComparer.Ordinal);

    /// <summary>Says what happened to a pod or to one of its containers.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="field">The container, such as <c>spec.containers{api}</c>; null for the pod as a whole.</param>
    /// <param name="type"><c>Normal</c> or <c>Warning</c>.</param>
    /// <param name="reason">In one word.</param>
    /// <param name="message">In a sentence.</param>
    public void Record(JsonObject pod, string? field, string type, string reason, string message)
    {
        var key = string.Join('\n', pod.Text("metadata", "uid"), field, type, reason, message);
        if (_known.TryGetValue(key, out var known) && Counted(known) is { } counted)
            _known[key] = counted;
        else
            _known[key] = store.Create(ResourceTypes.Events, New(pod, field, type, reason, message));
    }

    private StoredObject? Counted(StoredObject known)
    {
        if (store.Get(ResourceTypes.Events, known.Namespace, known.Name) is not { } current)
            return null;
        var body = (JsonObject)current.Body.DeepClone();
        body["count"] = (body.Number("count") ?? 1) + 1;
        body["lastTimestamp"] = Timestamp.Of(time.Now);
        return store.Replace(current, body);
    }

    private JsonObject New(JsonObject pod, string? field, string type, string reason, string message)
    {
        var now = Timestamp.Of(time.Now);
        var involved = new JsonObject
        {
            ["kind"] = "Pod",
            ["namespace"] = pod.Text("metadata", "namespace"),
            ["name"] = pod.Text("metadata", "name"),
            ["uid"] = pod.Text("metadata", "uid"),
            ["apiVersion"] = "v1",
            ["resourceVersion"] = pod.Text("metadata", "resourceVersion"),
        };
        if (field is not null)
            involved["fieldPath"] = field;
        return new JsonObject
        {
            ["kind"] = "Event",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject { ["name"] = $"{pod.Text("metadata", "name")}.{Guid.NewGuid():N}"[..^16], ["namespace"] = pod.Text("metadata", "namespace") },
            ["involvedObject"] = involved,
            ["reason"] = reason,
            ["message"] = message,
            ["source"] = new JsonObject { ["component"] = "kubelet", ["host"] = pod.Text("spec", "nodeName") },
            ["firstTimestamp"] = now,
            ["lastTimestamp"] = now,
            ["count"] = 1,
            ["type"] = type,
            ["eventTime"] = null,
            ["reportingComponent"] = "kubelet",
            ["reportingInstance"] = pod.Text("spec", "nodeName"),
        };
    }
}
