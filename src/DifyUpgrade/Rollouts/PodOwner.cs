using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>Tells which workload a pod belongs to.</summary>
internal static class PodOwner
{
    /// <summary>Whether a workload made a pod.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="pod">The pod.</param>
    /// <returns>True when it did.</returns>
    /// <remarks>
    /// A Deployment's pods belong to a ReplicaSet named after it plus a hash without a dash, which spares a look-up of
    /// every ReplicaSet.
    /// </remarks>
    public static bool IsOwner(WorkloadReference workload, PodState pod)
    {
        if (pod.Namespace != workload.Namespace)
            return false;
        if (workload.Kind != WorkloadKind.Deployment)
            return pod.OwnerKind == workload.Kind.ToString() && pod.OwnerName == workload.Name;
        return pod.OwnerKind == "ReplicaSet"
            && pod.OwnerName is { } owner
            && owner.StartsWith(workload.Name + "-", StringComparison.Ordinal)
            && !owner[(workload.Name.Length + 1)..].Contains('-', StringComparison.Ordinal);
    }
}
