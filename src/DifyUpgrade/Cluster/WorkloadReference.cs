namespace DifyUpgrade.Cluster;

/// <summary>The kinds of object that keep pods running from a template.</summary>
internal enum WorkloadKind
{
    /// <summary>Rolls through ReplicaSets.</summary>
    Deployment,

    /// <summary>Replaces its pods one by one, under the same names.</summary>
    StatefulSet,

    /// <summary>Runs a pod on each node.</summary>
    DaemonSet,
}

/// <summary>Names a workload.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
internal sealed record WorkloadReference(WorkloadKind Kind, string Namespace, string Name)
{
    /// <summary>As kubectl writes it.</summary>
    /// <returns>Such as <c>deployment/dify-api</c>.</returns>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}/{Name}";
}
