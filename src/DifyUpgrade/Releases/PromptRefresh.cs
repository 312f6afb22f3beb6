using DifyUpgrade.Inspection;
using DifyUpgrade.Mounts;
using DifyUpgrade.Releases.Snapshots;
using DifyUpgrade.Reporting;

namespace DifyUpgrade.Releases;

/// <summary>What a refresh came to.</summary>
/// <param name="ConfigMapWritten">Whether the ConfigMap differed.</param>
/// <param name="Restarted">The workloads that served other content.</param>
/// <param name="Proof">The evidence, all proven.</param>
internal sealed record RefreshResult(bool ConfigMapWritten, IReadOnlyList<string> Restarted, MountProof Proof);

/// <summary>The target <c>RefreshPrompts</c>.</summary>
/// <param name="session">What it works with.</param>
internal sealed class PromptRefresh(DeploymentSession session)
{
    private readonly ReleaseAccess _access = session.Access;

    /// <summary>Writes the prompt files where the ConfigMap differs, restarts where the pods differ, and verifies.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>What it came to.</returns>
    public async Task<RefreshResult> RunAsync(CancellationToken cancellation)
    {
        var files = session.Plan.ConfigMapFiles;
        var current = (await LiveRelease.HistoryAsync(_access, cancellation))[^1];
        var chart = await LiveRelease.ChartAsync(_access, null, files.Keys, cancellation);
        var prompts = new PromptStore(_access);
        var live = await prompts.ReadAsync(cancellation);
        var comparison = ConfigMapComparison.Of(files, live?.Files);
        _access.Log.Report([.. await new PromptCheck(session.Plan, chart.Contract, _access.Time).RunAsync(cancellation), .. ContractCheck.Check(chart.Contract, session.Plan), .. Check(comparison, live?.Immutable ?? false)]);

        if (!comparison.IsEqual)
            await prompts.WriteAsync(files, current.Revision, cancellation);
        var restarted = await new StaleRestart(_access).RunAsync(chart.Contract, session.Plan.PromptFiles, cancellation);
        if (comparison.IsEqual && restarted.Count == 0)
            _access.Log.Information("Nothing changed: the ConfigMap holds the prompt files and every pod serves them; no workload was restarted");

        var expected = session.Plan.PromptFiles.ToDictionary(file => file.Key, file => file.Sha256, StringComparer.Ordinal);
        var proof = await new MountReader(_access.Cluster).ReadAsync(chart.Contract, expected, cancellation);
        _access.Journal.Add(proof);
        MountReport.MustBeProven(_access.Log, proof, "the prompt files", _access.Parameters.AllowUnchecked);
        await prompts.Snapshots.KeepAsync(current.Revision, files, proof.IsProven, cancellation);
        return new RefreshResult(!comparison.IsEqual, restarted, proof);
    }

    private IEnumerable<Finding> Check(ConfigMapComparison comparison, bool immutable)
    {
        if (!comparison.IsEqual && immutable)
            yield return Finding.Error("The ConfigMap is immutable, so it cannot take the prompt files", $"configmap/{session.Plan.Parameters.ConfigMapName}", "Mount another one: --config-map-name dify-prompts-2, and the same name in values-dify-prod.yaml");
    }
}
