using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Diagnosis.Causes;

/// <summary>No node takes a pod.</summary>
internal static class NoNodeFits
{
    /// <summary>Recognises it.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>A cause for each workload.</returns>
    public static IEnumerable<Cause> In(FailureEvidence evidence) =>
        from pod in evidence.Pods
        let obstacle = Obstacles.Of(pod.State, null)
        where obstacle is { Kind: ObstacleKind.Unschedulable } && !VolumeTrouble.IsAboutClaim(obstacle.Said)
        group (pod, obstacle) by pod.Workload into alike
        select new Cause(
            "no-node-fits",
            $"No node takes a pod of {alike.Key}: {alike.First().obstacle.Said}",
            alike.First().pod.Name,
            "Lower resources.requests, loosen nodeSelector and affinity, or add a node: kubectl describe nodes\nWhere nodes are added on demand, wait longer: --failure-grace 5m");
}
