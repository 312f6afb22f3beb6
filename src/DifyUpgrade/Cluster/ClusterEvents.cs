using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace DifyUpgrade.Cluster;

/// <summary>Lists and watches what controllers and kubelets reported.</summary>
/// <param name="transport">The cluster.</param>
internal sealed class ClusterEvents(ApiTransport transport)
{
    /// <summary>Lists events, oldest first.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="involvedName">Only of objects of this name; null for all.</param>
    /// <param name="involvedUid">Only of the object with this identity; null for all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The events.</returns>
    public async Task<IReadOnlyList<ClusterEvent>> ListAsync(
        string space, string? involvedName, string? involvedUid, CancellationToken cancellation)
    {
        string?[] fields =
        [
            involvedName is null ? null : $"involvedObject.name={involvedName}",
            involvedUid is null ? null : $"involvedObject.uid={involvedUid}",
        ];
        var selector = string.Join(',', fields.OfType<string>());
        var source = new ListSource(ApiPath.Core("namespaces", space, "events"), null, selector.Length == 0 ? null : selector);
        var listed = await ListPages.ReadAllAsync(transport, source, cancellation);
        return [.. listed.Items.Select(item => Read(KubernetesJson.Deserialize<Corev1Event>(item))).OrderBy(happening => happening.Time)];
    }

    /// <summary>Watches the events of a namespace until it is cancelled.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="cancellation">Ends the watch.</param>
    /// <param name="listed">Called whenever a whole list has been handed out, at first the one of what there is.</param>
    /// <returns>First what there is, then every change.</returns>
    public IAsyncEnumerable<Change<ClusterEvent>> WatchAsync(string space, CancellationToken cancellation, Action? listed = null) =>
        new ListAndWatch<ClusterEvent>(
            transport,
            new ListSource(ApiPath.Core("namespaces", space, "events")),
            item => Read(KubernetesJson.Deserialize<Corev1Event>(item)),
            listed).RunAsync(cancellation);

    private ClusterEvent Read(Corev1Event happening)
    {
        // Which of the times is set depends on the reporter's generation of the events API.
        var time = happening.Series?.LastObservedTime ?? happening.LastTimestamp ?? happening.EventTime
            ?? happening.FirstTimestamp ?? happening.Metadata.CreationTimestamp;
        return new()
        {
            Time = time is { } known ? new(known, TimeSpan.Zero) : default,
            Type = happening.Type ?? "Normal",
            Reason = happening.Reason ?? "",
            Object = $"{happening.InvolvedObject.Kind?.ToLowerInvariant()}/{happening.InvolvedObject.Name}",
            ObjectUid = happening.InvolvedObject.Uid ?? "",
            Message = OneLine.Of(happening.Message ?? "", transport.Redactor),
            Count = happening.Series?.Count ?? happening.Count ?? 1,
        };
    }
}

/// <summary>Something a controller or kubelet reported.</summary>
internal sealed record ClusterEvent
{
    /// <summary>When it happened last.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary><c>Normal</c> or <c>Warning</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Such as <c>FailedMount</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Such as <c>pod/dify-api-0</c>.</summary>
    public required string Object { get; init; }

    /// <summary>That object's identity; empty if the reporter does not say.</summary>
    [JsonIgnore]
    public string ObjectUid { get; init; } = "";

    /// <summary>More about it, redacted.</summary>
    public required string Message { get; init; }

    /// <summary>How often it happened.</summary>
    public required int Count { get; init; }
}
