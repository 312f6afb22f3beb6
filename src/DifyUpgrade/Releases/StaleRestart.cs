using DifyUpgrade.Cluster;
using DifyUpgrade.Mounts;
using DifyUpgrade.Planning;
using DifyUpgrade.Rendering;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Releases;

/// <summary>
/// Restarts the workloads whose pods do not serve what the ConfigMap holds, and only those: pods that are already new
/// have it, and restarting them too would roll twice.
/// </summary>
/// <param name="access">The release.</param>
internal sealed class StaleRestart(ReleaseAccess access)
{
    /// <summary>Reads what the pods serve, and restarts and follows what is stale.</summary>
    /// <param name="contract">What must be mounted.</param>
    /// <param name="files">What must be served.</param>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>The workloads that were restarted.</returns>
    public Task<IReadOnlyList<string>> RunAsync(MountContract contract, IReadOnlyList<PromptFile> files, CancellationToken cancellation) =>
        RunAsync(contract, files.ToDictionary(file => file.Key, file => file.Sha256, StringComparer.Ordinal), cancellation);

    /// <summary>Reads what the pods serve, and restarts and follows what is stale.</summary>
    /// <param name="contract">What must be mounted.</param>
    /// <param name="expected">SHA-256 in hex by key.</param>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>The workloads that were restarted.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(MountContract contract, IReadOnlyDictionary<string, string> expected, CancellationToken cancellation)
    {
        var proof = await new MountReader(access.Cluster).ReadAsync(contract, expected, cancellation);
        List<WorkloadReference> stale = [.. proof.Open.Select(row => row.Mount.Workload).Distinct()];
        if (stale.Count == 0)
            return [];

        await MustNotBePausedAsync(stale, cancellation);
        access.Log.Information("Restarting what serves other content: {Workloads:l}", string.Join(", ", stale));
        await access.BeginChangeAsync(cancellation);
        var request = new RolloutRequest { Change = "restart", Workloads = stale, MakeAsync = interrupt => RestartAsync(stale, interrupt) };
        await new Rollout(access).FollowAsync(request, cancellation);
        return [.. stale.Select(workload => workload.ToString())];
    }

    private async Task RestartAsync(List<WorkloadReference> workloads, CancellationToken cancellation)
    {
        foreach (var workload in workloads)
            await access.Cluster.Workloads.RestartAsync(workload, access.Time.GetUtcNow(), cancellation);
    }

    private async Task MustNotBePausedAsync(List<WorkloadReference> workloads, CancellationToken cancellation)
    {
        List<Finding> paused = [];
        foreach (var workload in workloads)
        {
            if (await access.Cluster.Workloads.ReadAsync(workload, cancellation) is { Paused: true })
                paused.Add(Finding.Error("It is paused, so a restart would never happen", workload.ToString(), $"kubectl rollout resume {workload} -n {workload.Namespace}"));
        }

        if (paused.Count > 0)
            throw new DeploymentException(access.Changes.Begun ? ExitCode.DeploymentFailed : ExitCode.NothingChanged, paused);
    }
}
