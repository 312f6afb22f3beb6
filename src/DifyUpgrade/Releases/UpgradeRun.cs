using System.Runtime.CompilerServices;
using DifyUpgrade.Helm;
using DifyUpgrade.Inspection;
using DifyUpgrade.Parameters;
using DifyUpgrade.Releases.Repairs;
using DifyUpgrade.Releases.Snapshots;
using DifyUpgrade.Rendering;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Releases;

/// <summary>What an upgrade came to.</summary>
/// <param name="Revision">The new revision.</param>
/// <param name="ConfigMapWritten">Whether the prompt files were written into the ConfigMap on the way.</param>
/// <param name="Restarted">The workloads that helm left alone but that served stale prompts.</param>
internal sealed record UpgradeResult(int Revision, bool ConfigMapWritten, IReadOnlyList<string> Restarted);

/// <summary>The target <c>Upgrade</c>.</summary>
/// <param name="session">What it works with.</param>
internal sealed class UpgradeRun(DeploymentSession session)
{
    private readonly ReleaseAccess _access = session.Access;
    private readonly DeploymentParameters _parameters = session.Plan.Parameters;

    /// <summary>Upgrades and watches the rollout to its true end.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>What it came to.</returns>
    public async Task<UpgradeResult> RunAsync(CancellationToken cancellation)
    {
        var history = await new ReleaseRepair(_access).BeforeUpgradeAsync(cancellation);
        ReleaseState.MustAllowUpgrade(history, _parameters);
        var prompts = new PromptStore(_access);
        var written = await WritePromptsAsync(prompts, history, cancellation);

        var revision = await RollOutAsync(cancellation);
        // What a run that was killed had written already is completed by the next.
        var mayBeStale = written || _parameters.Repair || _parameters.ConfigMapDrift == ConfigMapDrift.Apply;
        var restarted = mayBeStale ? await new StaleRestart(_access).RunAsync(session.Chart.Contract, session.Plan.PromptFiles, cancellation) : [];
        await prompts.Snapshots.KeepAsync(revision, session.Plan.ConfigMapFiles, proven: false, cancellation);
        _access.Log.Information("Revision {Revision} of {Release:l} is rolled out: every pod of the chart's workloads is new and available", revision, _parameters.Release);
        return new UpgradeResult(revision, written, restarted);
    }

    private async Task<bool> WritePromptsAsync(PromptStore prompts, IReadOnlyList<HelmRevision>? history, CancellationToken cancellation)
    {
        var live = await prompts.ReadAsync(cancellation);
        var comparison = ConfigMapComparison.Of(session.Plan.ConfigMapFiles, live?.Files);
        if (comparison.IsEqual)
            return false;
        if (_parameters.ConfigMapDrift == ConfigMapDrift.Fail)
        {
            throw new DeploymentException(ExitCode.NothingChanged, Finding.Error(
                comparison.Exists ? $"The ConfigMap differs from the prompt files ({comparison.Differences})" : "The ConfigMap does not exist",
                $"configmap/{_parameters.ConfigMapName}",
                "See all of it: ./build.sh ValidateConfigMap\nor write it as a part of the upgrade: ./build.sh Upgrade --config-map-drift apply"));
        }

        await prompts.WriteAsync(session.Plan.ConfigMapFiles, history is { Count: > 0 } ? history[^1].Revision : null, cancellation);
        return true;
    }

    private async Task<int> RollOutAsync(CancellationToken cancellation)
    {
        var workloads = PodTemplate.In(session.Chart.Manifests, _access.Namespace).Select(template => template.Workload).ToList();
        var options = new UpgradeOptions { Install = _parameters.Install, Timeout = _parameters.Timeout };
        var made = new StrongBox<int?>();
        await _access.BeginChangeAsync(cancellation);
        var request = new RolloutRequest
        {
            Change = "helm upgrade",
            Workloads = workloads,
            MakeAsync = async interrupt => made.Value = await _access.Helm.UpgradeAsync(session.Release, options, HelmSays, interrupt),
        };
        await new Rollout(_access).FollowAsync(request, cancellation);
        return made.Value ?? (await _access.Helm.HistoryAsync(_parameters.Release, _access.Namespace, cancellation))?[^1].Revision ?? 0;
    }

    private void HelmSays(string line) => _access.Log.Information("helm: {Line:l}", line);
}
