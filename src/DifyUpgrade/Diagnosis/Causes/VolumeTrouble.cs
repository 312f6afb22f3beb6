using System.Text.RegularExpressions;

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
            var last = evidence.Events.LastOrDefault(happening => happening.Object == pod.Name && IsVolume(happening.Reason, happening.Message));
            if (last is not null)
                yield return Of($"A volume of {pod.Workload} is not attached: {last.Message}", pod, evidence);
        }
    }

    /// <summary>Whether the scheduler's words are about a volume claim rather than a node.</summary>
    /// <param name="said">The words.</param>
    /// <returns>True when they are.</returns>
    public static bool IsAboutClaim(string said) => Claim().IsMatch(said);

    private static bool IsVolume(string reason, string message) =>
        reason == "FailedAttachVolume" || (reason == "FailedMount" && !Configuration().IsMatch(message));

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
