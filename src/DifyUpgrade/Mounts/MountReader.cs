using System.Collections.Concurrent;
using DifyUpgrade.Cluster;
using DifyUpgrade.Rendering;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Mounts;

/// <summary>Reads the promised files back from every pod.</summary>
/// <param name="cluster">Where the pods are.</param>
internal sealed class MountReader(ClusterClient cluster)
{
    // A rollout that has ended leaves at most a few pods that end while they are read; their successors are read instead.
    private const int MostRounds = 5;

    /// <summary>Reads every file of a contract and compares it.</summary>
    /// <param name="contract">What was promised.</param>
    /// <param name="expected">SHA-256 in hex by ConfigMap key.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>A row per pod, container and path, in the contract's order.</returns>
    public async Task<MountProof> ReadAsync(MountContract contract, IReadOnlyDictionary<string, string> expected, CancellationToken cancellation)
    {
        using var throttle = new ExecThrottle();
        return new MountProof(await ReadAllAsync(contract, expected, throttle, cancellation));
    }

    private async Task<IReadOnlyList<MountEvidence>> ReadAllAsync(MountContract contract, IReadOnlyDictionary<string, string> expected, ExecThrottle throttle, CancellationToken cancellation)
    {
        var reading = contract.Readable
            .GroupBy(mount => mount.Workload)
            .Select(mounts => ReadWorkloadAsync(new Promise(mounts.Key, [.. mounts], expected), throttle, cancellation));
        return [.. (await Task.WhenAll(reading)).SelectMany(rows => rows)];
    }

    private async Task<IEnumerable<MountEvidence>> ReadWorkloadAsync(Promise promise, ExecThrottle throttle, CancellationToken cancellation)
    {
        var (workload, mounts, expected) = promise;
        if (await cluster.Workloads.ReadAsync(workload, cancellation) is not { } state)
            return mounts.Select(mount => EvidenceRow.NotChecked(mount, "", expected, $"{workload} does not exist"));

        var read = new ConcurrentDictionary<string, IReadOnlyList<MountEvidence>>(StringComparer.Ordinal);
        for (var round = 1; ; round++)
        {
            // What was read counts only while this shows the same pod: an exec names no uid.
            var pods = await PodsOfAsync(state, cancellation);
            foreach (var gone in read.Keys.Except(pods.Select(pod => pod.Uid), StringComparer.Ordinal).ToList())
                read.TryRemove(gone, out _);
            var unread = pods.Where(pod => !read.ContainsKey(pod.Uid)).ToList();
            if (unread.Count == 0 || round > MostRounds)
                return Rows(read, unread, promise);

            await Task.WhenAll(unread.Select(async pod =>
            {
                if (await throttle.RunAsync(pod.Node ?? "", () => ReadPodAsync(pod, mounts, expected, cancellation), cancellation) is { } rows)
                    read[pod.Uid] = rows;
            }));
        }
    }

    private static IEnumerable<MountEvidence> Rows(ConcurrentDictionary<string, IReadOnlyList<MountEvidence>> read, List<PodState> unread, Promise promise)
    {
        var (_, mounts, expected) = promise;
        var missed = unread.SelectMany(pod => mounts.Select(mount => EvidenceRow.NotChecked(mount, pod.Name, expected, "it ended again and again while it was read")));
        List<MountEvidence> rows = [.. read.Values.SelectMany(rows => rows).OrderBy(row => row.Pod, StringComparer.Ordinal), .. missed];
        return rows.Count > 0 ? rows : mounts.Select(mount => EvidenceRow.NotChecked(mount, "", expected, "the workload has no pods"));
    }

    private async Task<List<PodState>> PodsOfAsync(WorkloadState state, CancellationToken cancellation)
    {
        var pods = await cluster.Pods.ListAsync(state.Reference.Namespace, state.Selector, cancellation);
        return [.. pods.Where(pod => !pod.Terminating && pod.Phase is not ("Succeeded" or "Failed") && PodOwner.IsOwner(state.Reference, pod))];
    }

    /// <summary>Reads one pod; null when it ended meanwhile.</summary>
    private async Task<IReadOnlyList<MountEvidence>?> ReadPodAsync(PodState pod, ContractMount[] mounts, IReadOnlyDictionary<string, string> expected, CancellationToken cancellation)
    {
        List<MountEvidence> rows = [];
        foreach (var container in mounts.GroupBy(mount => mount.Container, StringComparer.Ordinal))
        {
            ContractMount[] wanted = [.. container];
            var request = new PodFilesRequest
            {
                Container = new ContainerReference(pod.Namespace, pod.Name, container.Key),
                PodUid = pod.Uid,
                LookAgain = false,
                Paths = [.. wanted.Select(mount => mount.Path)],
            };
            switch (await cluster.PodFiles.ReadAsync(request, cancellation))
            {
                case PodFilesRead read:
                    rows.AddRange(wanted.Select((mount, i) => EvidenceRow.Of(mount, pod.Name, expected, read.Files[i])));
                    break;
                case PodFilesNotChecked notChecked:
                    rows.AddRange(wanted.Select(mount => EvidenceRow.NotChecked(mount, pod.Name, expected, notChecked.Detail)));
                    break;
                default:
                    return null;
            }
        }

        return rows;
    }

    private sealed record Promise(WorkloadReference Workload, ContractMount[] Mounts, IReadOnlyDictionary<string, string> Expected);
}
