using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Cluster;

/// <summary>The way to a Kubernetes cluster; one class for each concern hangs off it.</summary>
internal sealed class ClusterClient : IDisposable
{
    private readonly ApiTransport _transport;
    private readonly ApiDiscovery _discovery;

    private ClusterClient(ClusterTarget target, ApiTransport transport)
    {
        Target = target;
        _transport = transport;
        _discovery = new(transport);
        ConfigMaps = new(transport);
        Workloads = new(transport);
        ReplicaSets = new(transport);
        Pods = new(transport);
        PodFiles = new(transport, Pods);
        PodLogs = new(transport);
        Objects = new(transport, _discovery);
        Events = new(transport);
        AccessReviews = new(transport);
        Leases = new(transport);
        Secrets = new(transport);
    }

    /// <summary>Where the client goes.</summary>
    public ClusterTarget Target { get; }

    /// <summary>ConfigMaps.</summary>
    public ConfigMaps ConfigMaps { get; }

    /// <summary>Deployments, StatefulSets and DaemonSets.</summary>
    public Workloads Workloads { get; }

    /// <summary>ReplicaSets.</summary>
    public ReplicaSets ReplicaSets { get; }

    /// <summary>Pods.</summary>
    public Pods Pods { get; }

    /// <summary>Files in containers.</summary>
    public PodFiles PodFiles { get; }

    /// <summary>Logs of containers.</summary>
    public PodLogs PodLogs { get; }

    /// <summary>Objects of any kind.</summary>
    public KubernetesObjects Objects { get; }

    /// <summary>Events.</summary>
    public ClusterEvents Events { get; }

    /// <summary>Rights.</summary>
    public AccessReviews AccessReviews { get; }

    /// <summary>Leases.</summary>
    public Leases Leases { get; }

    /// <summary>Secrets.</summary>
    public Secrets Secrets { get; }

    /// <summary>Creates a client. Contacts nothing, but may run the kubeconfig's credential plugin.</summary>
    /// <param name="target">Where to go.</param>
    /// <param name="redactor">Takes secrets out of every text that comes from the cluster.</param>
    /// <param name="time">Measures pauses and limits.</param>
    /// <returns>The client.</returns>
    /// <exception cref="DeploymentException">The credentials cannot be had.</exception>
    public static ClusterClient Create(ClusterTarget target, Redactor redactor, TimeProvider time) =>
        new(target, new ApiTransport(ClusterAccess.Of(target, redactor), target.Server, redactor, time));

    /// <summary>Reads the server's version; the cheapest proof that it can be reached.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Such as <c>v1.30.2</c>.</returns>
    public async Task<string> ServerVersionAsync(CancellationToken cancellation)
    {
        var request = ApiRequest.Get("version");
        var answer = await _transport.ReadAsync<JsonElement>(request, cancellation);
        return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("gitVersion", out var version) && version.GetString() is { } text
            ? text
            : throw _transport.Failures.Unintelligible(request, "it has no gitVersion");
    }

    /// <summary>Reads what the cluster serves, for <c>helm template --api-versions</c>.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The versions and kinds.</returns>
    public Task<ApiVersions> ApiVersionsAsync(CancellationToken cancellation) => _discovery.ApiVersionsAsync(cancellation);

    /// <summary>Looks for a namespace.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Whether it is there.</returns>
    /// <exception cref="ClusterException"><see cref="ClusterFailure.Forbidden"/> where only cluster-wide rights allow the question.</exception>
    public async Task<bool> NamespaceExistsAsync(string name, CancellationToken cancellation) =>
        await _transport.FindAsync<JsonObject>(ApiRequest.Get(ApiPath.Core("namespaces", name)), cancellation) is not null;

    /// <summary>Creates a namespace unless it is there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>When it is there.</returns>
    public async Task EnsureNamespaceAsync(string name, CancellationToken cancellation)
    {
        if (await NamespaceExistsAsync(name, cancellation))
            return;
        var wanted = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } };
        await _transport.ReadAsync<JsonObject>(new ApiRequest { Method = HttpMethod.Post, Path = ApiPath.Core("namespaces"), Body = ApiJson.Write(wanted) }, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();
}
