namespace DifyUpgrade.Cluster;

/// <summary>Which cluster a run works on, and as whom; safe to print, for it holds no credential.</summary>
internal sealed record ClusterTarget
{
    /// <summary>The kubeconfig context, or <c>in-cluster</c>.</summary>
    public required string Context { get; init; }

    /// <summary>The name of the cluster entry.</summary>
    public required string Cluster { get; init; }

    /// <summary>The API server's address without user info.</summary>
    public required string Server { get; init; }

    /// <summary>The name of the user entry; null where the context names none.</summary>
    public string? User { get; init; }

    /// <summary>The context's default namespace, if it has one.</summary>
    public string? Namespace { get; init; }

    /// <summary>The kubeconfig files that exist, absolute, in order of precedence; empty in a cluster.</summary>
    public required IReadOnlyList<string> KubeconfigPaths { get; init; }

    /// <summary>Whether the pod's own service account is used, because there is no kubeconfig.</summary>
    public bool InCluster { get; init; }
}
