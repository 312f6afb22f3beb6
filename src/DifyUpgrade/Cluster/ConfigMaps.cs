using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace DifyUpgrade.Cluster;

/// <summary>Reads and writes ConfigMaps.</summary>
/// <param name="transport">The cluster.</param>
internal sealed class ConfigMaps(ApiTransport transport)
{
    private const int MaxAttempts = 5;

    /// <summary>Reads a ConfigMap.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The ConfigMap; null if there is none.</returns>
    public async Task<ConfigMapContent?> ReadAsync(string space, string name, CancellationToken cancellation)
    {
        var map = await transport.FindAsync<V1ConfigMap>(ApiRequest.Get(PathOf(space, name)), cancellation);
        return map is null ? null : ConfigMapJson.Read(map);
    }

    /// <summary>Lists ConfigMaps.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="labelSelector">Null for all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The ConfigMaps.</returns>
    public async Task<IReadOnlyList<ConfigMapContent>> ListAsync(string space, string? labelSelector, CancellationToken cancellation)
    {
        var source = new ListSource(ApiPath.Core("namespaces", space, "configmaps"), labelSelector);
        var listed = await ListPages.ReadAllAsync(transport, source, cancellation);
        return [.. listed.Items.Select(item => ConfigMapJson.Read(KubernetesJson.Deserialize<V1ConfigMap>(item)))];
    }

    /// <summary>
    /// Makes a ConfigMap what it is wanted to be. It is read, changed and replaced at the version read, rather than
    /// applied: server-side apply leaves a key in place that another manager wrote (`kubectl create`, `kubectl apply`),
    /// and then a prompt that was taken out of the repository would stay in every pod.
    /// </summary>
    /// <param name="wish">What is wanted.</param>
    /// <param name="dryRun">Let the server check everything and store nothing.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What the server stored, or would store.</returns>
    /// <exception cref="ClusterException">
    /// <see cref="ClusterFailure.Conflict"/> if others kept changing it; <see cref="ClusterFailure.Invalid"/> if it is
    /// immutable or too large.
    /// </exception>
    public async Task<ConfigMapContent> ApplyAsync(ConfigMapWish wish, bool dryRun, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ReplaceAsync(wish, dryRun, cancellation);
            }
            catch (ClusterException changed) when (changed.Failure == ClusterFailure.Conflict && attempt < MaxAttempts)
            {
                // Someone wrote between the read and the write: decide again on what is there now.
            }
        }
    }

    /// <summary>Deletes a ConfigMap.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False if there was none.</returns>
    public async Task<bool> DeleteAsync(string space, string name, CancellationToken cancellation)
    {
        var request = new ApiRequest { Method = HttpMethod.Delete, Path = PathOf(space, name), Repeatable = true };
        return await transport.FindAsync<JsonObject>(request, cancellation) is not null;
    }

    private async Task<ConfigMapContent> ReplaceAsync(ConfigMapWish wish, bool dryRun, CancellationToken cancellation)
    {
        var live = await transport.FindAsync<JsonObject>(ApiRequest.Get(PathOf(wish.Namespace, wish.Name)), cancellation);
        var wanted = live ?? [];
        ConfigMapJson.Write(wanted, wish);
        var collection = ApiPath.Core("namespaces", wish.Namespace, "configmaps");
        var request = new ApiRequest
        {
            Method = live is null ? HttpMethod.Post : HttpMethod.Put,
            Path = live is null ? collection : PathOf(wish.Namespace, wish.Name),
            Query = [("fieldManager", ApiRequest.FieldManager), ("dryRun", dryRun ? "All" : null)],
            Body = ApiJson.Write(wanted),

            // If it was stored after all, asking again is a conflict, and that is decided anew.
            Repeatable = true,
        };
        return ConfigMapJson.Read(await transport.ReadAsync<V1ConfigMap>(request, cancellation));
    }

    private static string PathOf(string space, string name) => ApiPath.Core("namespaces", space, "configmaps", name);
}
