using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Diagnosis.Causes;

/// <summary>A container ends again and again, and nobody knows why: its own last words are all there is.</summary>
internal static class Crash
{
    private const int Words = 3;

    /// <summary>Recognises it.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>A cause for each workload.</returns>
    public static IEnumerable<Cause> In(FailureEvidence evidence) =>
        from pod in evidence.Pods
        let obstacle = Obstacles.Of(pod.State, null)
        where obstacle is { Kind: ObstacleKind.CrashLoop or ObstacleKind.ContainerStart }
        group (pod, obstacle) by pod.Workload into alike
        let first = alike.First()
        select new Cause(
            "crash",
            $"{alike.Key}: {first.obstacle.Said}{string.Concat(LastWords(first.pod, first.obstacle.Container).Select(line => "\n    " + line))}",
            first.pod.Name,
            $"kubectl logs {first.pod.Name} -c {first.obstacle.Container} --previous -n {evidence.Namespace}; or go back: ./build.sh Rollback");

    private static IEnumerable<string> LastWords(PodEvidence pod, string? container) => pod.Logs
        .Where(log => log.Container == container && log.Lines.Count > 0)
        .OrderBy(log => log.Previous)
        .Select(log => log.Lines.Where(line => !string.IsNullOrWhiteSpace(line)).TakeLast(Words))
        .FirstOrDefault() ?? [];
}
