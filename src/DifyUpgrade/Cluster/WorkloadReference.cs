namespace DifyUpgrade.Cluster;

/// <summary>The kinds of workload that pods are rolled out by.</summary>
public enum WorkloadKind
{
    /// <summary>apps/v1 Deployment.</summary>
    Deployment,

    /// <summary>apps/v1 StatefulSet.</summary>
    StatefulSet,

    /// <summary>apps/v1 DaemonSet.</summary>
    DaemonSet,
}

/// <summary>Names one workload.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
public sealed record WorkloadReference(WorkloadKind Kind, string Namespace, string Name)
{
    /// <summary>The form that kubectl takes: <c>deployment/dify-api</c>.</summary>
    /// <returns>Kind and name.</returns>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}/{Name}";
}
