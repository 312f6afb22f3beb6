using System.Text.RegularExpressions;

namespace DifyUpgrade.Diagnosis.Causes;

/// <summary>A ConfigMap or Secret, or a key of one, that a pod wants is not there.</summary>
internal static partial class MissingConfiguration
{
    /// <summary>Recognises it.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>A cause for each object and key.</returns>
    public static IEnumerable<Cause> In(FailureEvidence evidence)
    {
        foreach (var pod in evidence.Pods)
        {
            foreach (var said in Words(pod, evidence))
            {
                if (Of(said, pod, evidence) is { } cause)
                    yield return cause;
            }
        }
    }

    private static IEnumerable<string> Words(PodEvidence pod, FailureEvidence evidence) =>
    [
        .. pod.State.Containers.SelectMany(container => new[] { container.Message, container.LastTermination?.Message }).OfType<string>(),
        .. evidence.Events.Where(happening => happening.Object == pod.Name && happening.Type != "Normal").Select(happening => happening.Message),
    ];

    private static Cause? Of(string said, PodEvidence pod, FailureEvidence evidence)
    {
        if (NotFound().Match(said) is { Success: true } missing)
            return Missing($"The {missing.Groups["kind"].Value} {missing.Groups["name"].Value}, which {pod.Workload} wants, does not exist", missing.Groups["name"].Value, pod, evidence);
        if (NoKey().Match(said) is { Success: true } noKey)
            return Missing($"The key {noKey.Groups["key"].Value}, which {pod.Workload} wants, is missing in {noKey.Groups["object"].Value}", noKey.Groups["object"].Value, pod, evidence);
        if (NoItem().Match(said) is { Success: true } item)
            return Missing($"The key {item.Groups["key"].Value}, which {pod.Workload} mounts, is missing in its ConfigMap or Secret", evidence.ConfigMap, pod, evidence);

        // kubelet makes a folder for a subPath whose key does not exist, and the runtime cannot mount that over a file.
        return said.Contains("not a directory", StringComparison.Ordinal) && said.Contains("mount", StringComparison.Ordinal)
            ? Missing($"A key that {pod.Workload} mounts with subPath is missing in its ConfigMap: a folder came in the file's place", evidence.ConfigMap, pod, evidence)
            : null;
    }

    private static Cause Missing(string seen, string name, PodEvidence pod, FailureEvidence evidence) => new(
        "missing-configuration",
        seen,
        pod.Name,
        name.Contains(evidence.ConfigMap, StringComparison.Ordinal)
            ? $"Write it from the prompt files: ./build.sh RefreshPrompts; see it: kubectl get configmap {evidence.ConfigMap} -n {evidence.Namespace} -o yaml"
            : $"Create it, then the pods start by themselves: kubectl get configmaps,secrets -n {evidence.Namespace}");

    [GeneratedRegex("""(?<kind>configmap|secret)s? "(?<name>[^"]+)" not found""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NotFound();

    [GeneratedRegex("""couldn't find key (?<key>\S+) in (?<object>(ConfigMap|Secret) [^\s"]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex NoKey();

    [GeneratedRegex("""references non-existent (config|secret) key: (?<key>\S+)""", RegexOptions.CultureInvariant)]
    private static partial Regex NoItem();
}
