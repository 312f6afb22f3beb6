using System.Globalization;
using System.Text.Json.Nodes;
using k8s.Models;

namespace DifyUpgrade.Cluster;

/// <summary>Reads and writes Leases.</summary>
/// <param name="transport">The cluster.</param>
internal sealed class Leases(ApiTransport transport)
{
    /// <summary>Reads a Lease.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The Lease; null if there is none.</returns>
    public async Task<LeaseState?> ReadAsync(string space, string name, CancellationToken cancellation)
    {
        var lease = await transport.FindAsync<V1Lease>(ApiRequest.Get(PathOf(space, name)), cancellation);
        return lease is null ? null : Of(lease);
    }

    /// <summary>Creates the Lease, or replaces the version that was read.</summary>
    /// <param name="wanted">What it is to be.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What was stored.</returns>
    /// <exception cref="ClusterException"><see cref="ClusterFailure.Conflict"/> if someone else wrote first.</exception>
    public async Task<LeaseState> WriteAsync(LeaseState wanted, CancellationToken cancellation)
    {
        var request = new ApiRequest
        {
            Method = wanted.Version is null ? HttpMethod.Post : HttpMethod.Put,
            Path = wanted.Version is null ? ApiPath.Join("apis", "coordination.k8s.io", "v1", "namespaces", wanted.Namespace, "leases") : PathOf(wanted.Namespace, wanted.Name),
            Query = [("fieldManager", ApiRequest.FieldManager)],
            Body = ApiJson.Write(Json(wanted)),

            // If it was stored after all, asking again is a conflict, and who asks finds itself the holder.
            Repeatable = true,
        };
        return Of(await transport.ReadAsync<V1Lease>(request, cancellation));
    }

    private static string PathOf(string space, string name) => ApiPath.Join("apis", "coordination.k8s.io", "v1", "namespaces", space, "leases", name);

    private static LeaseState Of(V1Lease lease) => new()
    {
        Namespace = lease.Metadata.NamespaceProperty,
        Name = lease.Metadata.Name,
        Holder = lease.Spec?.HolderIdentity ?? "",
        Duration = TimeSpan.FromSeconds(lease.Spec?.LeaseDurationSeconds ?? 0),
        AcquiredAt = lease.Spec?.AcquireTime,
        RenewedAt = lease.Spec?.RenewTime,
        Annotations = lease.Metadata.Annotations?.AsReadOnly() ?? new Dictionary<string, string>().AsReadOnly(),
        Version = lease.Metadata.ResourceVersion,
    };

    private static JsonObject Json(LeaseState wanted) => new()
    {
        ["apiVersion"] = "coordination.k8s.io/v1",
        ["kind"] = "Lease",
        ["metadata"] = new JsonObject
        {
            ["name"] = wanted.Name,
            ["namespace"] = wanted.Namespace,
            ["resourceVersion"] = wanted.Version,
            ["annotations"] = new JsonObject(wanted.Annotations.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        },
        ["spec"] = new JsonObject
        {
            ["holderIdentity"] = wanted.Holder,
            ["leaseDurationSeconds"] = (int)wanted.Duration.TotalSeconds,
            ["acquireTime"] = Micro(wanted.AcquiredAt),
            ["renewTime"] = Micro(wanted.RenewedAt),
        },
    };

    private static string? Micro(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
