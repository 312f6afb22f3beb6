using DifyUpgrade.Cluster;
using DifyUpgrade.Helm;

namespace DifyUpgrade.Rollouts;

/// <summary>Says why a rollout did not end well: which pods, what keeps them, and their last words.</summary>
/// <param name="access">The release.</param>
internal sealed class RolloutFailure(ReleaseAccess access)
{
    private const int LogLines = 8;

    // One pod of a kind tells what the others would say again.
    private const int PodsPerWorkload = 2;

    /// <summary>Explains an outcome.</summary>
    /// <param name="outcome">A rollout that is not complete.</param>
    /// <param name="helmSaid">What helm said when it failed; null when it did not.</param>
    /// <param name="cancellation">Stops looking.</param>
    /// <returns>The failure.</returns>
    public async Task<DeploymentException> ExplainAsync(RolloutOutcome outcome, string? helmSaid, CancellationToken cancellation)
    {
        List<Finding> findings = [];
        if (helmSaid is not null)
            findings.Add(Finding.Error(helmSaid, "helm", "./build.sh Status"));
        foreach (var (workload, verdict) in outcome.Open)
        {
            findings.Add(Finding.Error(
                $"{workload} is not rolled out: {verdict.Reason}{(outcome.TimedOut ? $" within {GoDuration.Format(access.Parameters.Timeout)}" : "")}",
                $"namespace {workload.Namespace}",
                "Pods that were ready keep serving. Go back: ./build.sh Rollback; or give it more time: --timeout 20m"));
            findings.AddRange(await OfPodsAsync(workload, cancellation));
        }

        return new DeploymentException(ExitCode.DeploymentFailed, findings);
    }

    private async Task<IEnumerable<Finding>> OfPodsAsync(WorkloadReference workload, CancellationToken cancellation)
    {
        List<Finding> findings = [];
        var pods = await access.Cluster.Pods.ListAsync(workload.Namespace, null, cancellation);
        foreach (var pod in pods.Where(pod => PodOwner.IsOwner(workload, pod) && pod is { Ready: false, Terminating: false }).Take(PodsPerWorkload))
        {
            var words = await LastWordsAsync(pod, cancellation);
            findings.Add(Finding.Error(
                PodSummary.Of(pod) + string.Concat(words.Select(line => "\n    " + line)),
                $"pod/{pod.Name}",
                $"kubectl describe pod {pod.Name} -n {pod.Namespace}"));
        }

        return findings;
    }

    private async Task<IReadOnlyList<string>> LastWordsAsync(PodState pod, CancellationToken cancellation)
    {
        var culprit = pod.Containers.FirstOrDefault(container => container is { Ready: false, Restarts: > 0 } or { Ready: false, Init: false, State: ContainerPhase.Terminated });
        if (culprit is not null)
            return await LastLogAsync(new ContainerReference(pod.Namespace, pod.Name, culprit.Name), culprit.State == ContainerPhase.Running, cancellation);

        var events = await access.Cluster.Events.ListAsync(pod.Namespace, pod.Name, pod.Uid, cancellation);
        return [.. events.Where(happening => happening.Type != "Normal").TakeLast(2).Select(happening => $"{happening.Reason}: {happening.Message}")];
    }

    // The instance that died is the previous one only once another runs; until then its log is the current one.
    private async Task<IReadOnlyList<string>> LastLogAsync(ContainerReference container, bool runsAgain, CancellationToken cancellation)
    {
        foreach (var previous in (bool[])[runsAgain, !runsAgain])
        {
            if (await access.Cluster.PodLogs.TailAsync(container, LogLines, previous, cancellation) is { Count: > 0 } words)
                return words;
        }

        return [];
    }
}
