using System.Text.Json.Nodes;

namespace DifyUpgrade.Cluster;

/// <summary>Reads objects of any kind, and asks the server what it would make of a manifest.</summary>
/// <param name="transport">The cluster.</param>
/// <param name="discovery">Knows how kinds are addressed.</param>
internal sealed class KubernetesObjects(ApiTransport transport, ApiDiscovery discovery)
{
    private readonly DryRuns _dryRuns = new(transport);

    /// <summary>Reads an object.</summary>
    /// <param name="apiVersion">Such as <c>apps/v1</c>.</param>
    /// <param name="kind">Such as <c>Deployment</c>.</param>
    /// <param name="space">The namespace; ignored for kinds without one.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The object as it is, secrets included: redact before showing. Null if there is none.</returns>
    /// <exception cref="ClusterException"><see cref="ClusterFailure.UnknownKind"/> if the cluster has no such kind.</exception>
    public async Task<JsonObject?> ReadAsync(string apiVersion, string kind, string space, string name, CancellationToken cancellation)
    {
        var path = await PathAsync(apiVersion, kind, space, name, cancellation);
        return await transport.FindAsync<JsonObject>(ApiRequest.Get(path) with { Sensitive = kind == "Secret" }, cancellation);
    }

    /// <summary>Asks the server what it would store if this manifest were applied; nothing is stored.</summary>
    /// <param name="manifest">A manifest with apiVersion, kind and metadata.name.</param>
    /// <param name="space">The namespace, where the manifest names none and its kind has one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The object with the server's defaults, without managedFields.</returns>
    /// <exception cref="ClusterException">
    /// <see cref="ClusterFailure.Invalid"/> if the server would refuse it; <see cref="ClusterFailure.UnknownKind"/>.
    /// </exception>
    public async Task<JsonObject> DryRunApplyAsync(JsonObject manifest, string space, CancellationToken cancellation)
    {
        var (apiVersion, kind) = (Text(manifest, "apiVersion"), Text(manifest, "kind"));
        var metadata = manifest["metadata"] as JsonObject ?? [];
        var named = metadata["namespace"] is JsonValue value && value.TryGetValue(out string? own) && own.Length > 0 ? own : space;
        var path = await PathAsync(apiVersion, kind, named, Text(metadata, "name"), cancellation);
        return await _dryRuns.ApplyAsync(manifest, path, cancellation);
    }

    /// <summary>Finds how a kind is addressed.</summary>
    /// <param name="apiVersion">Such as <c>apps/v1</c>.</param>
    /// <param name="kind">Such as <c>Deployment</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The kind; null if the cluster has no such one.</returns>
    public async Task<ApiKind?> FindKindAsync(string apiVersion, string kind, CancellationToken cancellation)
    {
        try
        {
            return await discovery.FindAsync(apiVersion, kind, cancellation);
        }
        catch (ClusterException unknown) when (unknown.Failure == ClusterFailure.UnknownKind)
        {
            return null;
        }
    }

    private async Task<string> PathAsync(string apiVersion, string kind, string space, string name, CancellationToken cancellation)
    {
        var found = await discovery.FindAsync(apiVersion, kind, cancellation);
        var root = ApiPath.Of(apiVersion);
        var rest = found.Namespaced ? ApiPath.Join("namespaces", space, found.Resource, name) : ApiPath.Join(found.Resource, name);
        return $"{root}/{rest}";
    }

    private static string Text(JsonObject parent, string name) =>
        parent[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0
            ? text
            : throw new ArgumentException($"the manifest has no {name}", nameof(parent));
}
