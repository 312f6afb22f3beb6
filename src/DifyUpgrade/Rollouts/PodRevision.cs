using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>Tells which revision of its workload a pod is of; pure.</summary>
internal static class PodRevision
{
    private const string HashLabel = "controller-revision-hash";
    private const string GenerationLabel = "pod-template-generation";

    /// <summary>The revision's name: the ReplicaSet's for a Deployment's pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>The name; the owner's where the kind of owner keeps no revisions.</returns>
    public static string Of(PodState pod) => pod.OwnerKind != "ReplicaSet" && pod.Labels.GetValueOrDefault(HashLabel) is { } hash ? hash : pod.OwnerName ?? "";

    /// <summary>Whether a pod is of the newest revision that its workload's controller knows.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="workload">Its workload.</param>
    /// <param name="owner">The ReplicaSet that made it; null when there is none or it is not known yet.</param>
    /// <returns>True when it is; false also while that cannot be known.</returns>
    public static bool IsNewest(PodState pod, WorkloadState workload, ReplicaSetState? owner) => workload.Reference.Kind switch
    {
        WorkloadKind.Deployment => owner is not null && $"{owner.Revision}" == workload.Revision,
        WorkloadKind.StatefulSet => workload.Revision is { } revision && pod.Labels.GetValueOrDefault(HashLabel) == revision,
        _ => workload.Revision is { } generation && pod.Labels.GetValueOrDefault(GenerationLabel) == generation,
    };
}
