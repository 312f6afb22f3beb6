using System.Text.Json.Nodes;

namespace DifyUpgrade.Cluster;

/// <summary>Reads and writes Secrets as they are. Nothing of them may be shown.</summary>
/// <param name="transport">The cluster.</param>
internal sealed class Secrets(ApiTransport transport)
{
    /// <summary>Reads a Secret.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The whole object; null if there is none.</returns>
    public Task<JsonObject?> ReadAsync(string space, string name, CancellationToken cancellation) =>
        transport.FindAsync<JsonObject>(ApiRequest.Get(PathOf(space, name)) with { Sensitive = true }, cancellation);

    /// <summary>The names of Secrets, oldest first.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="labelSelector">Which.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The names.</returns>
    public async Task<IReadOnlyList<string>> NamesAsync(string space, string labelSelector, CancellationToken cancellation)
    {
        var listed = await ListPages.ReadAllAsync(transport, new ListSource(ApiPath.Core("namespaces", space, "secrets"), labelSelector), cancellation);
        return [.. listed.Items
            .Select(item => JsonNode.Parse(item.GetRawText())!["metadata"]!)
            .OrderBy(metadata => metadata["creationTimestamp"]?.ToString(), StringComparer.Ordinal)
            .Select(metadata => metadata["name"]!.ToString())];
    }

    /// <summary>Creates a Secret, or replaces the version that was read.</summary>
    /// <param name="secret">The whole object; with a resourceVersion it replaces that version.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When stored.</returns>
    /// <exception cref="ClusterException"><see cref="ClusterFailure.Conflict"/> if someone else wrote first, or it exists.</exception>
    public Task WriteAsync(JsonObject secret, CancellationToken cancellation)
    {
        var metadata = secret["metadata"]!;
        var (space, name) = (metadata["namespace"]!.ToString(), metadata["name"]!.ToString());
        var isNew = metadata["resourceVersion"] is null;
        return transport.SendAsync(
            new ApiRequest
            {
                Method = isNew ? HttpMethod.Post : HttpMethod.Put,
                Path = isNew ? ApiPath.Core("namespaces", space, "secrets") : PathOf(space, name),
                Query = [("fieldManager", ApiRequest.FieldManager)],
                Body = ApiJson.Write(secret),
                Sensitive = true,
            },
            cancellation);
    }

    /// <summary>Deletes a Secret; one that is gone is no error.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When deleted.</returns>
    public Task DeleteAsync(string space, string name, CancellationToken cancellation) =>
        transport.FindAsync<JsonObject>(new ApiRequest { Method = HttpMethod.Delete, Path = PathOf(space, name), Sensitive = true }, cancellation);

    private static string PathOf(string space, string name) => ApiPath.Core("namespaces", space, "secrets", name);
}
