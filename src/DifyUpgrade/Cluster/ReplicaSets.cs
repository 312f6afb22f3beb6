using k8s;
using k8s.Models;

namespace DifyUpgrade.Cluster;

/// <summary>Lists and watches ReplicaSets: the link between a Deployment and its pods.</summary>
/// <param name="transport">The cluster.</param>
internal sealed class ReplicaSets(ApiTransport transport)
{
    /// <summary>Lists the ReplicaSets that a Deployment owns, newest revision first.</summary>
    /// <param name="deployment">The Deployment.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The ReplicaSets; a pod whose owner is none of them is not the Deployment's, whatever its labels say.</returns>
    public async Task<IReadOnlyList<ReplicaSetState>> ListAsync(WorkloadState deployment, CancellationToken cancellation)
    {
        var source = new ListSource(ApiPath.Apps("namespaces", deployment.Reference.Namespace, "replicasets"), deployment.Selector);
        var listed = await ListPages.ReadAllAsync(transport, source, cancellation);
        return
        [
            .. listed.Items
                .Select(item => Read(KubernetesJson.Deserialize<V1ReplicaSet>(item)))
                .Where(set => set.OwnerUid == deployment.Uid)
                .OrderByDescending(set => set.Revision),
        ];
    }

    /// <summary>Watches the ReplicaSets of a namespace until it is cancelled.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="cancellation">Ends the watch.</param>
    /// <param name="listed">Called whenever a whole list has been handed out, at first the one of what there is.</param>
    /// <returns>First what there is, then every change.</returns>
    public IAsyncEnumerable<Change<ReplicaSetState>> WatchAsync(string space, CancellationToken cancellation, Action? listed = null) =>
        new ListAndWatch<ReplicaSetState>(
            transport,
            new ListSource(ApiPath.Apps("namespaces", space, "replicasets")),
            item => Read(KubernetesJson.Deserialize<V1ReplicaSet>(item)),
            listed).RunAsync(cancellation);

    private static ReplicaSetState Read(V1ReplicaSet set)
    {
        string? revision = null;
        set.Metadata.Annotations?.TryGetValue("deployment.kubernetes.io/revision", out revision);
        return new()
        {
            Name = set.Metadata.Name,
            Uid = set.Metadata.Uid,
            OwnerUid = set.Metadata.OwnerReferences?.FirstOrDefault(owner => owner.Controller == true)?.Uid,
            Revision = int.TryParse(revision, out var number) ? number : 0,
            Desired = set.Spec?.Replicas ?? 0,
            Replicas = set.Status?.Replicas ?? 0,
            Ready = set.Status?.ReadyReplicas ?? 0,
        };
    }
}

/// <summary>A ReplicaSet: one template of a Deployment.</summary>
internal sealed record ReplicaSetState
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The identity that pods name as their owner.</summary>
    public required string Uid { get; init; }

    /// <summary>The Deployment's identity.</summary>
    public string? OwnerUid { get; init; }

    /// <summary>The Deployment's revision that it stands for; 0 if not known.</summary>
    public required int Revision { get; init; }

    /// <summary>How many pods it shall have.</summary>
    public required int Desired { get; init; }

    /// <summary>How many pods it has.</summary>
    public required int Replicas { get; init; }

    /// <summary>How many of them are ready.</summary>
    public required int Ready { get; init; }
}
