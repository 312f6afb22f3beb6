using System.Collections.Concurrent;
using System.Text.Json;

namespace DifyUpgrade.Cluster;

/// <summary>Asks the API server which groups and kinds it serves; each answer is kept, for a run sees no upgrade of the cluster.</summary>
/// <param name="transport">Where to ask.</param>
internal sealed class ApiDiscovery(ApiTransport transport)
{
    private const int Parallel = 8;

    private readonly ConcurrentDictionary<string, IReadOnlyList<ApiKind>> _kinds = new(StringComparer.Ordinal);

    /// <summary>Everything served, in the form of <c>helm template --api-versions</c>.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>"group/version" and "group/version/Kind", sorted.</returns>
    public async Task<ApiVersions> ApiVersionsAsync(CancellationToken cancellation)
    {
        var served = new ConcurrentBag<string>();
        var silent = new ConcurrentBag<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation };
        await System.Threading.Tasks.Parallel.ForEachAsync(await GroupVersionsAsync(cancellation), options, async (groupVersion, token) =>
        {
            served.Add(groupVersion);
            try
            {
                foreach (var kind in await KindsAsync(groupVersion, token) ?? [])
                    served.Add($"{groupVersion}/{kind.Kind}");
            }
            catch (ClusterException failure) when (failure.StatusCode >= 500)
            {
                // An aggregated API whose backend is down (a metrics server, mostly); helm goes on without it, too.
                silent.Add(groupVersion);
            }
        });
        return new()
        {
            Served = [.. served.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Silent = [.. silent.Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>Finds how a kind is addressed.</summary>
    /// <param name="apiVersion">Such as <c>apps/v1</c>.</param>
    /// <param name="kind">Such as <c>Deployment</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="ClusterException"><see cref="ClusterFailure.UnknownKind"/> if the server has no such kind.</exception>
    public async Task<ApiKind> FindAsync(string apiVersion, string kind, CancellationToken cancellation)
    {
        var kinds = await KindsAsync(apiVersion, cancellation);
        return kinds?.FirstOrDefault(candidate => candidate.Kind == kind && !candidate.IsSubresource)
            ?? throw new ClusterException(ClusterFailure.UnknownKind, $"the cluster serves no {kind} of {apiVersion}");
    }

    private async Task<IReadOnlyList<ApiKind>?> KindsAsync(string groupVersion, CancellationToken cancellation)
    {
        if (_kinds.TryGetValue(groupVersion, out var known))
            return known;
        try
        {
            var answer = await transport.ReadAsync<JsonElement>(ApiRequest.Get(ApiPath.Of(groupVersion)), cancellation);
            var kinds = answer.GetProperty("resources").EnumerateArray().Select(ApiKind.From).ToList();
            return _kinds[groupVersion] = kinds;
        }
        catch (ClusterException missing) when (missing.Failure == ClusterFailure.NotFound)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> GroupVersionsAsync(CancellationToken cancellation)
    {
        var core = await transport.ReadAsync<JsonElement>(ApiRequest.Get("api"), cancellation);
        var groups = await transport.ReadAsync<JsonElement>(ApiRequest.Get("apis"), cancellation);
        return
        [
            .. core.GetProperty("versions").EnumerateArray().Select(version => version.GetString()!),
            .. groups.GetProperty("groups").EnumerateArray()
                .SelectMany(group => group.GetProperty("versions").EnumerateArray())
                .Select(version => version.GetProperty("groupVersion").GetString()!),
        ];
    }
}

/// <summary>A kind as the API server addresses it.</summary>
/// <param name="Kind">Such as <c>Deployment</c>.</param>
/// <param name="Resource">Its plural, such as <c>deployments</c>, or <c>deployments/scale</c> for a subresource.</param>
/// <param name="Namespaced">Whether its objects live in a namespace.</param>
internal sealed record ApiKind(string Kind, string Resource, bool Namespaced)
{
    /// <summary>Whether this is a part of an object rather than an object.</summary>
    public bool IsSubresource => Resource.Contains('/', StringComparison.Ordinal);

    /// <summary>Reads an entry of an APIResourceList.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>The kind.</returns>
    public static ApiKind From(JsonElement entry) => new(
        entry.GetProperty("kind").GetString()!, entry.GetProperty("name").GetString()!, entry.GetProperty("namespaced").GetBoolean());
}

/// <summary>What a cluster serves.</summary>
internal sealed record ApiVersions
{
    /// <summary>"group/version" and "group/version/Kind".</summary>
    public required IReadOnlyList<string> Served { get; init; }

    /// <summary>Groups whose backend did not answer: what they serve is not known.</summary>
    public required IReadOnlyList<string> Silent { get; init; }
}
