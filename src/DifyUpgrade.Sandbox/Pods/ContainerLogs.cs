using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Which log of a container is meant, and what is said where there is none.</summary>
internal static class ContainerLogs
{
    /// <summary>The log.</summary>
    /// <exception cref="ApiException">There is none (400).</exception>
    public static ContainerLog Of(SimulatedContainer container, JsonObject pod, bool previous)
    {
        if (previous)
            return Previous(container)?.Log ?? throw ApiException.BadRequest($"previous terminated container \"{container.Name}\" in pod \"{pod.Text("metadata", "name")}\" not found");
        if (container.Run is { } run && (container.State is not Waiting || container.Last is not null))
            return run.Log;
        throw container.State is Waiting waiting ? IsWaiting(pod, container.Name, waiting.Reason) : ApiException.BadRequest($"container \"{container.Name}\" in pod \"{pod.Text("metadata", "name")}\" is not available");
    }

    /// <summary>The answer for a container that has not started.</summary>
    public static ApiException IsWaiting(JsonObject pod, string container, string reason) => ApiException.BadRequest(
        $"container \"{container}\" in pod \"{pod.Text("metadata", "name")}\" is waiting to start: {(reason is "ErrImagePull" ? "image can't be pulled" : reason is "ImagePullBackOff" ? "trying and failing to pull image" : reason)}");

    // While a container waits to be started again, its last instance is the previous one and the newest alike.
    private static ContainerRun? Previous(SimulatedContainer container) =>
        container.State is Waiting && container.Last is not null ? container.Run : container.Former;
}
