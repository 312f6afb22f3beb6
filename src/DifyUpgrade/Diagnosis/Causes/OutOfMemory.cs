using DifyUpgrade.Cluster;

namespace DifyUpgrade.Diagnosis.Causes;

/// <summary>The kernel killed a container because it used more memory than its limit.</summary>
internal static class OutOfMemory
{
    /// <summary>Recognises it.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>A cause for each workload and container.</returns>
    public static IEnumerable<Cause> In(FailureEvidence evidence) =>
        from pod in evidence.Pods
        from container in pod.State.Containers
        where IsKilled(container)
        group pod by (pod.Workload, container.Name) into alike
        select new Cause(
            "out-of-memory",
            $"Container {alike.Key.Name} of {alike.Key.Workload} ran out of memory and was killed (OOMKilled)",
            alike.First().Name,
            $"Raise its resources.limits.memory in the values files, then: ./build.sh Upgrade\nkubectl describe {alike.First().Name} -n {evidence.Namespace} shows the limit");

    private static bool IsKilled(ContainerState container) => container is { Reason: "OOMKilled" } or { LastTermination.Reason: "OOMKilled" };
}
