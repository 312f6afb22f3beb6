using DifyUpgrade.Cluster;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Diagnosis;

/// <summary>Fetches what explains a failure, before anything else happens to it.</summary>
/// <param name="access">The release.</param>
internal sealed class EvidenceCollector(ReleaseAccess access)
{
    private const int LogLines = 200;

    // One pod of a kind tells what the others would say again.
    private const int PodsPerWorkload = 2;
    private const int MostPods = 20;

    /// <summary>Fetches it.</summary>
    /// <param name="helmSaid">What helm said, if it failed.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The evidence.</returns>
    public async Task<FailureEvidence> CollectAsync(string? helmSaid, CancellationToken cancellation)
    {
        var rollout = access.Journal.LastRollout;
        List<PodEvidence> pods = [];
        foreach (var (workload, space, pod) in Suspects(rollout).Take(MostPods))
        {
            if (await access.Cluster.Pods.ReadAsync(space, pod, cancellation) is { } state)
                pods.Add(new PodEvidence { Workload = workload, State = state, Logs = await LogsAsync(state, cancellation) });
        }

        return new FailureEvidence
        {
            Namespace = access.Namespace,
            ConfigMap = access.Parameters.ConfigMapName,
            HelmSaid = helmSaid ?? rollout?.HelmSaid ?? "",
            Rollout = rollout,
            Pods = pods,
            Events = await EventsAsync(rollout, pods, cancellation),
        };
    }

    private IEnumerable<(WorkloadReference Workload, string Namespace, string Pod)> Suspects(RolloutRecord? rollout)
    {
        var unproven = access.Journal.Proofs.SelectMany(proof => proof.Open)
            .Where(row => row.Pod.Length > 0)
            .Select(row => (row.Mount.Workload, row.Mount.Workload.Namespace, row.Pod));
        var stuck = (rollout?.Pods ?? [])
            .Where(pod => pod is { Gone: null, Terminating: null } && pod.Readiness is not [.., { Ready: true }])
            .OrderByDescending(pod => pod.IsNew)
            .ThenByDescending(pod => pod.Restarts)
            .GroupBy(pod => pod.Workload)
            .SelectMany(group => group.Take(PodsPerWorkload))
            .Select(pod => (pod.Workload, pod.Namespace, pod.Pod));

        // A container without probes is ready between two crashes.
        var culprits = (rollout?.Culprits ?? []).Where(culprit => culprit.Pod is not null).Select(culprit => (culprit.Workload, culprit.Workload.Namespace, culprit.Pod!));
        return culprits.Concat(stuck).Concat(unproven).Distinct();
    }

    private async Task<IReadOnlyList<ContainerLog>> LogsAsync(PodState pod, CancellationToken cancellation)
    {
        List<ContainerLog> logs = [];
        foreach (var container in pod.Containers)
        {
            var reference = new ContainerReference(pod.Namespace, pod.Name, container.Name);
            foreach (var previous in container.Restarts > 0 ? (bool[])[false, true] : [false])
            {
                if (await access.Cluster.PodLogs.TailAsync(reference, LogLines, previous, cancellation) is { Count: > 0 } lines)
                    logs.Add(new ContainerLog(container.Name, previous, lines));
            }
        }

        return logs;
    }

    private async Task<IReadOnlyList<ClusterEvent>> EventsAsync(RolloutRecord? rollout, List<PodEvidence> pods, CancellationToken cancellation)
    {
        List<ClusterEvent> events = [.. rollout?.Events ?? []];
        foreach (var pod in pods.Where(pod => events.TrueForAll(happening => happening.Object != pod.Name)).ToList())
            events.AddRange(await access.Cluster.Events.ListAsync(pod.State.Namespace, pod.State.Name, pod.State.Uid, cancellation));
        return [.. events.OrderBy(happening => happening.Time)];
    }
}
