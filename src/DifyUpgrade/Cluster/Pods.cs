using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Cluster;

/// <summary>Reads and watches pods.</summary>
/// <param name="transport">The cluster.</param>
internal sealed class Pods(ApiTransport transport)
{
    /// <summary>Reads a pod.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The pod; null if there is none.</returns>
    public async Task<PodState?> ReadAsync(string space, string name, CancellationToken cancellation)
    {
        var request = ApiRequest.Get(ApiPath.Core("namespaces", space, "pods", name));
        var item = await transport.FindAsync<JsonObject>(request, cancellation);
        return item is null ? null : PodMapping.Read(item.Deserialize<JsonElement>(), transport.Redactor);
    }

    /// <summary>Creates a pod.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="manifest">The pod.</param>
    /// <param name="cancellation">Ends the wait; the pod may have been created all the same.</param>
    /// <returns>When the server has accepted it.</returns>
    public Task CreateAsync(string space, JsonObject manifest, CancellationToken cancellation) => transport.SendAsync(
        new ApiRequest
        {
            Method = HttpMethod.Post,
            Path = ApiPath.Core("namespaces", space, "pods"),
            Query = [("fieldManager", ApiRequest.FieldManager)],
            Body = ApiJson.Write(manifest),
        },
        cancellation);

    /// <summary>Deletes a pod.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False if there was none.</returns>
    public async Task<bool> DeleteAsync(string space, string name, CancellationToken cancellation)
    {
        var request = new ApiRequest { Method = HttpMethod.Delete, Path = ApiPath.Core("namespaces", space, "pods", name), Repeatable = true };
        return await transport.FindAsync<JsonObject>(request, cancellation) is not null;
    }

    /// <summary>Lists pods.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="labelSelector">Null for all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The pods, terminating ones included.</returns>
    public async Task<IReadOnlyList<PodState>> ListAsync(string space, string? labelSelector, CancellationToken cancellation)
    {
        var listed = await ListPages.ReadAllAsync(transport, SourceOf(space, labelSelector), cancellation);
        return [.. listed.Items.Select(item => PodMapping.Read(item, transport.Redactor))];
    }

    /// <summary>Watches pods until it is cancelled.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="labelSelector">Null for all.</param>
    /// <param name="cancellation">Ends the watch.</param>
    /// <param name="listed">Called whenever a whole list has been handed out, at first the one of what there is.</param>
    /// <returns>First what there is, then every change.</returns>
    public IAsyncEnumerable<Change<PodState>> WatchAsync(string space, string? labelSelector, CancellationToken cancellation, Action? listed = null) =>
        new ListAndWatch<PodState>(
            transport, SourceOf(space, labelSelector), item => PodMapping.Read(item, transport.Redactor), listed).RunAsync(cancellation);

    private static ListSource SourceOf(string space, string? labelSelector) =>
        new(ApiPath.Core("namespaces", space, "pods"), labelSelector);
}
