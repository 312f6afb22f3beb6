using DifyUpgrade.Cluster;
using DifyUpgrade.Inspection;
using DifyUpgrade.Mounts;
using DifyUpgrade.Releases.Snapshots;
using DifyUpgrade.Rendering;
using DifyUpgrade.Reporting;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Releases;

/// <summary>A workload of the release.</summary>
/// <param name="Workload">Its kind and name.</param>
/// <param name="Phase">How far its rollout is.</param>
/// <param name="Reason">Why that is said.</param>
internal sealed record WorkloadResult(string Workload, RolloutPhase Phase, string Reason);

/// <summary>A pod of the release.</summary>
/// <param name="Pod">Its name.</param>
/// <param name="Workload">The workload that made it.</param>
/// <param name="State">Where it stands, in a few words.</param>
internal sealed record PodResult(string Pod, string Workload, string State);

/// <summary>What a release looks like now.</summary>
/// <param name="Revision">The newest revision.</param>
/// <param name="Status">Helm's word for it.</param>
/// <param name="Workloads">Its workloads.</param>
/// <param name="Pods">Its pods.</param>
/// <param name="Mounts">Which container mounts which key where.</param>
/// <param name="Prompts">What each pod serves, held against the ConfigMap.</param>
/// <param name="Snapshots">The contents that the ConfigMap has had, as far as they are kept.</param>
internal sealed record StatusResult(
    int Revision, string Status, IReadOnlyList<WorkloadResult> Workloads, IReadOnlyList<PodResult> Pods, IReadOnlyList<ContractMount> Mounts, MountProof Prompts,
    IReadOnlyList<PromptSnapshot> Snapshots);

/// <summary>The target <c>Status</c>: it reports, it judges nothing.</summary>
/// <param name="access">The release.</param>
internal sealed class ReleaseStatus(ReleaseAccess access)
{
    /// <summary>Shows history, workloads, pods and prompts.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>What was shown.</returns>
    public async Task<StatusResult> RunAsync(CancellationToken cancellation)
    {
        var history = await LiveRelease.HistoryAsync(access, cancellation);
        var prompts = new PromptStore(access);
        var snapshots = await prompts.Snapshots.ListAsync(cancellation);
        HistoryTable.Show(access.Log, history, snapshots);
        HistoryTable.Show(access.Log, snapshots);

        var files = (await prompts.ReadAsync(cancellation))?.Files ?? new Dictionary<string, ReadOnlyMemory<byte>>();
        var chart = await LiveRelease.ChartAsync(access, null, files.Keys, cancellation);
        var references = PodTemplate.In(chart.Manifests, access.Namespace).Select(template => template.Workload).ToList();
        var workloads = await WorkloadsAsync(references, cancellation);
        var pods = await PodsAsync(references, cancellation);
        access.Log.Lines(TextTable.Lines(["WORKLOAD", "ROLLOUT", "WHY"], workloads.Select(row => (string[])[row.Workload, row.Phase.ToString().ToLowerInvariant(), row.Reason])));
        access.Log.Lines(TextTable.Lines(["POD", "WORKLOAD", "STATE"], pods.Select(row => (string[])[row.Pod, row.Workload, row.State])));

        ShowMounts(chart);

        var proof = await ProofAsync(chart.Contract, files, cancellation);
        return new StatusResult(history[^1].Revision, history[^1].Status, workloads, pods, chart.Contract.Mounts, proof, snapshots);
    }

    private void ShowMounts(RenderedChart chart)
    {
        if (chart.Contract.Mounts.Count > 0)
        {
            access.Log.Lines(TextTable.Lines(
                ["WORKLOAD", "CONTAINER", "FILE", "FROM", "READ-ONLY"],
                chart.Contract.Mounts.Select(mount => (string[])
                [
                    mount.Workload.ToString(),
                    mount.Container,
                    mount.Path,
                    $"configmap/{access.Parameters.ConfigMapName} key {mount.Key ?? "?"}",
                    mount.ReadOnly ? "yes" : "no",
                ])));
        }

        access.Log.Report(MountGaps.In(chart, access.Namespace));
    }

    private async Task<MountProof> ProofAsync(MountContract contract, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, CancellationToken cancellation)
    {
        if (contract.Mounts.Count == 0)
            access.Log.Warning("No workload of the release mounts the ConfigMap {ConfigMap:l}", access.Parameters.ConfigMapName);
        var expected = files.ToDictionary(file => file.Key, file => ContentHash.Of(file.Value.Span), StringComparer.Ordinal);
        var proof = await new MountReader(access.Cluster).ReadAsync(contract, expected, cancellation);
        access.Journal.Add(proof);
        MountReport.Show(access.Log, proof);
        return proof;
    }

    private async Task<IReadOnlyList<WorkloadResult>> WorkloadsAsync(List<WorkloadReference> references, CancellationToken cancellation)
    {
        List<WorkloadResult> rows = [];
        foreach (var reference in references)
        {
            var verdict = await access.Cluster.Workloads.ReadAsync(reference, cancellation) is { } state
                ? RolloutVerdicts.Of(state)
                : new RolloutVerdict(RolloutPhase.Failed, "it does not exist");
            rows.Add(new WorkloadResult(reference.ToString(), verdict.Phase, verdict.Reason));
        }

        return rows;
    }

    private async Task<IReadOnlyList<PodResult>> PodsAsync(List<WorkloadReference> references, CancellationToken cancellation)
    {
        List<PodResult> rows = [];
        foreach (var space in references.Select(reference => reference.Namespace).Distinct(StringComparer.Ordinal))
        {
            foreach (var pod in await access.Cluster.Pods.ListAsync(space, null, cancellation))
            {
                if (references.Find(reference => PodOwner.IsOwner(reference, pod)) is { } owner)
                    rows.Add(new PodResult(pod.Name, owner.ToString(), PodSummary.Of(pod)));
            }
        }

        return [.. rows.OrderBy(row => row.Pod, StringComparer.Ordinal)];
    }
}
