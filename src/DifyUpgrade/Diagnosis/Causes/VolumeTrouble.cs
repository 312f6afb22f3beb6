using System.Text.RegularExpressions;
using DifyUpgrade.Cluster;

namespace DifyUpgrade.Diagnosis.Causes;

/// <summary>A volume cannot be attached or mounted: it hangs on another node, or its claim is not bound.</summary>
internal static partial class VolumeTrouble
{
    /// <summary>Recognises it.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>A cause for each pod's volume.</returns>
    public static IEnumerable<Cause> In(FailureEvidence evidence)
    {
        foreach (var pod in evidence.Pods)
        {
            if (pod.State.NotScheduled is { } unbound && IsAboutClaim(unbound))
                yield return Of($"A volume claim of {pod.Workload} is not bound or not there: {unbound}", pod, evidence);
            List<ClusterEvent> happenings = [.. evidence.Events.Where(happening => happening.Object == pod.Name)];

            // What is not attached cannot be mounted either; kubelet's tries to do so all the same say nothing more.
            if (happenings.FindLast(IsAboutAttaching) is { Reason: "FailedAttachVolume" } detached)
                yield return Of($"A volume of {pod.Workload} is not attached: {detached.Message}", pod, evidence);
            else if (happenings.FindLast(happening => happening.Reason == "FailedMount" && !Configuration().IsMatch(happening.Message)) is { } unmounted)
                yield return Of($"A volume of {pod.Workload} cannot be mounted: {unmounted.Message}", pod, evidence);
        }
    }

    /// <summary>Whether the scheduler's words are about a volume claim rather than a node.</summary>
    /// <param name="said">The words.</param>
    /// <returns>True when they are.</returns>
    public static bool IsAboutClaim(string said) => Claim().IsMatch(said);

    private static bool IsAboutAttaching(ClusterEvent happening) => happening.Reason is "FailedAttachVolume" or "SuccessfulAttachVolume";

    private static Cause Of(string seen, PodEvidence pod, FailureEvidence evidence) => new(
        "volume",
        seen,
        pod.Name,
        $"kubectl get pvc,volumeattachments -n {evidence.Namespace}\nA ReadWriteOnce volume moves only after the old pod has gone: updateStrategy Recreate, or maxSurge: 0");

    [GeneratedRegex("PersistentVolumeClaim|persistentvolumeclaim|volume node affinity", RegexOptions.CultureInvariant)]
    private static partial Regex Claim();

    [GeneratedRegex("(configmap|secret)s? |non-existent (config|secret) key|unmounted volumes=", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Configuration();
}
