using System.Text.Json;
using k8s;
using k8s.Models;

namespace DifyUpgrade.Cluster;

/// <summary>Brings the API's pods to records; pure.</summary>
internal static class PodMapping
{
    /// <summary>Reads a pod.</summary>
    /// <param name="item">The API's object.</param>
    /// <param name="redactor">Takes secrets out of messages: a crashing process may leave anything there.</param>
    /// <returns>The state.</returns>
    public static PodState Read(JsonElement item, Redactor redactor)
    {
        var pod = KubernetesJson.Deserialize<V1Pod>(item);
        var owner = pod.Metadata.OwnerReferences?.FirstOrDefault(owner => owner.Controller == true);
        var ready = Condition(pod, "Ready");
        return new()
        {
            Namespace = pod.Metadata.NamespaceProperty,
            Name = pod.Metadata.Name,
            Uid = pod.Metadata.Uid,
            OwnerKind = owner?.Kind,
            OwnerName = owner?.Name,
            OwnerUid = owner?.Uid,
            Node = pod.Spec?.NodeName,
            Phase = pod.Status?.Phase ?? "Unknown",
            Reason = pod.Status?.Reason,
            Ready = ready?.Status == "True",
            Terminating = pod.Metadata.DeletionTimestamp is not null,
            CreatedAt = pod.Metadata.CreationTimestamp is { } created ? new(created, TimeSpan.Zero) : default,
            Labels = new Dictionary<string, string>(pod.Metadata.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal),
            Containers = [.. Containers(pod, redactor)],
            NotScheduled = Trouble(Condition(pod, "PodScheduled"), redactor),
            NotReady = Trouble(ready, redactor),
        };
    }

    private static IEnumerable<ContainerState> Containers(V1Pod pod, Redactor redactor)
    {
        foreach (var container in pod.Spec?.InitContainers ?? [])
            yield return Read(container, true, StatusOf(pod.Status?.InitContainerStatuses, container), redactor);
        foreach (var container in pod.Spec?.Containers ?? [])
            yield return Read(container, false, StatusOf(pod.Status?.ContainerStatuses, container), redactor);
    }

    private static V1ContainerStatus? StatusOf(IList<V1ContainerStatus>? statuses, V1Container container) =>
        statuses?.FirstOrDefault(status => status.Name == container.Name);

    private static ContainerState Read(V1Container container, bool init, V1ContainerStatus? status, Redactor redactor)
    {
        var ended = status?.State?.Terminated;
        var waiting = status?.State?.Waiting;
        var before = status?.LastState?.Terminated;
        return new()
        {
            Name = container.Name,
            Init = init,
            Image = container.Image ?? "",
            ImageId = string.IsNullOrEmpty(status?.ImageID) ? null : status.ImageID,
            Ready = status?.Ready == true,
            Restarts = status?.RestartCount ?? 0,
            State = status?.State?.Running is not null ? ContainerPhase.Running : ended is not null ? ContainerPhase.Terminated : ContainerPhase.Waiting,
            Reason = waiting?.Reason ?? ended?.Reason,
            Message = Clean(waiting?.Message ?? ended?.Message, redactor),
            ExitCode = ended?.ExitCode,
            LastTermination = before is null ? null : new(before.Reason, before.ExitCode, Clean(before.Message, redactor)),
        };
    }

    private static V1PodCondition? Condition(V1Pod pod, string type) =>
        pod.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type);

    private static string? Trouble(V1PodCondition? condition, Redactor redactor) =>
        condition is null || condition.Status == "True" ? null : Clean(condition.Message ?? condition.Reason, redactor);

    private static string? Clean(string? text, Redactor redactor) => string.IsNullOrWhiteSpace(text) ? null : OneLine.Of(text, redactor);
}
