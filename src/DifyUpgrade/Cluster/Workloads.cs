using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Cluster;

/// <summary>Reads, watches and restarts workloads.</summary>
/// <param name="transport">The cluster.</param>
internal sealed class Workloads(ApiTransport transport)
{
    /// <summary>Reads a workload.</summary>
    /// <param name="reference">Which one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Its state; null if there is none.</returns>
    public async Task<WorkloadState?> ReadAsync(WorkloadReference reference, CancellationToken cancellation)
    {
        var item = await transport.FindAsync<JsonObject>(ApiRequest.Get(PathOf(reference)), cancellation);
        return item is null ? null : WorkloadMapping.Read(reference.Kind, item.Deserialize<JsonElement>(), transport.Redactor);
    }

    /// <summary>Lists the workloads of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="space">The namespace.</param>
    /// <param name="labelSelector">Null for all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Their states.</returns>
    public async Task<IReadOnlyList<WorkloadState>> ListAsync(
        WorkloadKind kind, string space, string? labelSelector, CancellationToken cancellation)
    {
        var listed = await ListPages.ReadAllAsync(transport, SourceOf(kind, space, labelSelector), cancellation);
        return [.. listed.Items.Select(item => WorkloadMapping.Read(kind, item, transport.Redactor))];
    }

    /// <summary>Watches the workloads of a kind until it is cancelled.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="space">The namespace.</param>
    /// <param name="labelSelector">Null for all.</param>
    /// <param name="cancellation">Ends the watch.</param>
    /// <param name="listed">Called whenever a whole list has been handed out, at first the one of what there is.</param>
    /// <returns>First what there is, then every change.</returns>
    public IAsyncEnumerable<Change<WorkloadState>> WatchAsync(
        WorkloadKind kind, string space, string? labelSelector, CancellationToken cancellation, Action? listed = null) =>
        new ListAndWatch<WorkloadState>(
            transport,
            SourceOf(kind, space, labelSelector),
            item => WorkloadMapping.Read(kind, item, transport.Redactor),
            listed).RunAsync(cancellation);

    /// <summary>
    /// Lets a workload replace all its pods, as `kubectl rollout restart` does: a new time in the template. The caller
    /// sees to it that the workload is not paused, for then nothing would happen.
    /// </summary>
    /// <param name="reference">Which one.</param>
    /// <param name="time">The time to write.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The state just after the change; its generation is the one to wait for.</returns>
    public async Task<WorkloadState> RestartAsync(WorkloadReference reference, DateTimeOffset time, CancellationToken cancellation)
    {
        var stamp = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var annotations = new JsonObject { ["kubectl.kubernetes.io/restartedAt"] = stamp };
        var template = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } };
        var patch = new JsonObject { ["spec"] = new JsonObject { ["template"] = template } };
        var request = new ApiRequest
        {
            Method = HttpMethod.Patch,
            Path = PathOf(reference),
            Query = [("fieldManager", ApiRequest.FieldManager)],
            Body = ApiJson.Write(patch),
            ContentType = "application/strategic-merge-patch+json",

            // The same time a second time changes nothing.
            Repeatable = true,
        };
        var item = await transport.ReadAsync<JsonElement>(request, cancellation);
        return WorkloadMapping.Read(reference.Kind, item, transport.Redactor);
    }

    private static ListSource SourceOf(WorkloadKind kind, string space, string? labelSelector) =>
        new(ApiPath.Apps("namespaces", space, ResourceOf(kind)), labelSelector);

    private static string PathOf(WorkloadReference reference) =>
        ApiPath.Apps("namespaces", reference.Namespace, ResourceOf(reference.Kind), reference.Name);

    private static string ResourceOf(WorkloadKind kind) => $"{kind.ToString().ToLowerInvariant()}s";
}
