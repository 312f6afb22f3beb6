using DifyUpgrade.Parameters;
using DifyUpgrade.Planning;
using DifyUpgrade.Probing;
using DifyUpgrade.Prompts;
using DifyUpgrade.Reporting;

namespace DifyUpgrade.Inspection;

/// <summary>What the prompt files and the ConfigMap were found to be.</summary>
/// <param name="ConfigMap">The ConfigMap.</param>
/// <param name="Files">SHA-256 of each prompt file in hex, by key.</param>
/// <param name="Comparison">How the cluster stands to them.</param>
internal sealed record ConfigMapResult(string ConfigMap, IReadOnlyDictionary<string, string> Files, ConfigMapComparison Comparison);

/// <summary>The target <c>ValidateConfigMap</c>.</summary>
/// <param name="session">What it works with.</param>
internal sealed class ConfigMapValidation(DeploymentSession session)
{
    private readonly DeploymentPlan _plan = session.Plan;

    /// <summary>Checks names, content and the ConfigMap in the cluster; says all that is wrong at once.</summary>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>What was found.</returns>
    public async Task<ConfigMapResult> RunAsync(CancellationToken cancellation)
    {
        var parameters = _plan.Parameters;
        var live = await session.Access.Cluster.ConfigMaps.ReadAsync(parameters.Namespace, parameters.ConfigMapName, cancellation);
        var comparison = ConfigMapComparison.Of(_plan.ConfigMapFiles, live?.Files);

        foreach (var file in _plan.PromptFiles)
            session.Access.Log.Information("{Key:l}: {Bytes} bytes, SHA-256 {Sha256:l}, {File:l}", file.Key, file.Content.Length, file.Sha256, parameters.Display(file.Path));
        var answers = parameters.ProbeImage ? await new PromptProbes(session).RunAsync(cancellation) : new Dictionary<string, ProbeReport>();
        var prompts = await new PromptCheck(_plan, session.Chart.Contract, session.Access.Time) { Answers = answers }.RunAsync(cancellation);
        session.Access.Log.Report([.. prompts, .. Check(comparison, live?.Immutable ?? false)]);

        if (comparison.IsEqual)
            session.Access.Log.Information("ConfigMap {ConfigMap:l} holds exactly these files", parameters.ConfigMapName);
        return new ConfigMapResult(parameters.ConfigMapName, _plan.PromptFiles.ToDictionary(file => file.Key, file => file.Sha256, StringComparer.Ordinal), comparison);
    }

    private IEnumerable<Finding> Check(ConfigMapComparison comparison, bool immutable)
    {
        var where = $"configmap/{_plan.Parameters.ConfigMapName} in namespace {_plan.Parameters.Namespace}";
        if (comparison.IsEqual)
            yield break;
        if (immutable)
            yield return Finding.Error($"The ConfigMap differs from the prompt files ({comparison.Differences}) and is immutable", where, "Mount another one: --config-map-name dify-prompts-2, and the same name in values-dify-prod.yaml");
        else if (_plan.Parameters.ConfigMapDrift == ConfigMapDrift.Apply)
            yield return Finding.Information(comparison.Exists ? $"The ConfigMap differs from the prompt files ({comparison.Differences})" : "The ConfigMap does not exist", where, "Upgrade writes it (--config-map-drift apply)");
        else if (comparison.Exists)
            yield return Finding.Error($"The ConfigMap differs from the prompt files ({comparison.Differences})", where, "Take the files over and restart what mounts them: ./build.sh RefreshPrompts\nor as a part of the upgrade: ./build.sh Upgrade --config-map-drift apply\nor look first: " + CreateCommand() + " | kubectl diff -f -");
        else
            yield return Finding.Error("The ConfigMap does not exist", where, CreateCommand() + " | kubectl apply -f -\nor as a part of the upgrade: ./build.sh Upgrade --config-map-drift apply");
    }

    private string CreateCommand()
    {
        var files = string.Join(' ', _plan.PromptFiles.Select(file => $"--from-file={file.Key}={_plan.Parameters.Display(file.Path)}"));
        return $"kubectl create configmap {_plan.Parameters.ConfigMapName} -n {_plan.Parameters.Namespace} {files} --dry-run=client -o yaml";
    }
}
