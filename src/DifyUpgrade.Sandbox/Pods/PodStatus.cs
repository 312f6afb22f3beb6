using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>The status that a node reports of a pod.</summary>
internal static class PodStatus
{
    private static readonly string[] OwnConditions = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"];

    /// <summary>Writes the status where it has changed.</summary>
    /// <returns>The pod as it is stored now.</returns>
    public static StoredObject Publish(SimulatedPod pod, StoredObject last)
    {
        var store = pod.Services.Store;
        while (store.Get(ResourceTypes.Pods, last.Namespace, last.Name) is { } current && current.Uid == last.Uid)
        {
            var status = Of(pod, current.Body["status"] as JsonObject);
            if (JsonNode.DeepEquals(status, current.Body["status"]))
                return current;
            var body = (JsonObject)current.Body.DeepClone();
            body["status"] = status;
            try
            {
                return store.Replace(current, body);
            }
            catch (ApiException changed) when (changed.Code is 404 or 409)
            {
                // Somebody else wrote meanwhile: again with what is there now.
            }
        }

        return last;
    }

    private static JsonObject Of(SimulatedPod pod, JsonObject? before)
    {
        var status = before is null ? [] : (JsonObject)before.DeepClone();
        var phase = PodPhase.Of(pod);
        status["phase"] = phase;
        if (pod.Failure is { } failure)
            (status["reason"], status["message"]) = (failure.Reason, failure.Message);
        status["conditions"] = Conditions(pod, phase, before);
        var host = pod.Services.HostAddress(pod.Node);
        status["hostIP"] = host;
        status["hostIPs"] = new JsonArray(new JsonObject { ["ip"] = host });
        if (pod.Address is { } address)
        {
            status["podIP"] = address;
            status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = address });
        }

        status["startTime"] = Timestamp.Of(pod.StartedAt);
        status["qosClass"] = QualityOfService.Of(pod.Spec);
        if (pod.InitContainers.Count > 0)
            status["initContainerStatuses"] = Containers(pod.InitContainers);
        status["containerStatuses"] = Containers(pod.Containers);
        return status;
    }

    private static JsonArray Containers(IEnumerable<SimulatedContainer> containers) => new([.. containers.Select(ContainerStatus.Of)]);

    private static JsonArray Conditions(SimulatedPod pod, string phase, JsonObject? before)
    {
        var now = Timestamp.Of(pod.Services.Time.Now);
        var conditions = new JsonArray();
        foreach (var (type, holds, reason, message) in PodConditions.Of(pod, phase))
        {
            var wanted = holds ? "True" : "False";
            var known = before.Items("conditions").FirstOrDefault(condition => condition.Text("type") == type);
            var condition = new JsonObject
            {
                ["type"] = type,
                ["status"] = wanted,
                ["lastProbeTime"] = null,
                ["lastTransitionTime"] = known?.Text("status") == wanted ? known.Text("lastTransitionTime") ?? now : now,
            };
            if (reason is not null)
                condition["reason"] = reason;
            if (message is not null)
                condition["message"] = message;
            conditions.Add(condition);
        }

        foreach (var other in before.Items("conditions").Where(condition => !OwnConditions.Contains(condition.Text("type"))))
            conditions.Add(other.DeepClone());
        return conditions;
    }
}
