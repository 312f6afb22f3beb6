using DifyUpgrade.Inspection;
using DifyUpgrade.Planning;
using DifyUpgrade.Reporting;
using Serilog;

namespace DifyUpgrade.Rendering;

/// <summary>What the chart renders to.</summary>
/// <param name="Chart">The chart.</param>
/// <param name="Objects">How many objects it has, hooks among them.</param>
/// <param name="Contract">What its workloads promise to mount.</param>
/// <param name="SavedTo">The manifests without secrets.</param>
internal sealed record RenderingResult(ChartDescription Chart, int Objects, MountContract Contract, string SavedTo);

/// <summary>The target <c>RenderTemplate</c>.</summary>
/// <param name="plan">The local files.</param>
/// <param name="chart">The rendered chart.</param>
/// <param name="log">Where lines for people go.</param>
internal sealed class RenderingReport(DeploymentPlan plan, RenderedChart chart, ILogger log)
{
    /// <summary>Saves the manifests, shows the contract and checks it.</summary>
    /// <param name="prompts">Checks the prompt files too; null when that was done before.</param>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>What the chart renders to.</returns>
    public async Task<RenderingResult> RunAsync(PromptCheck? prompts, CancellationToken cancellation)
    {
        var saved = Save();
        log.Information(
            "Chart {Chart:l} {Version:l} (app {AppVersion:l}) renders {Objects} objects, saved without secrets to {File:l}",
            plan.Chart.Name,
            plan.Chart.Version,
            plan.Chart.AppVersion,
            chart.Manifests.Count,
            plan.Parameters.Display(saved));
        log.Lines(TextTable.Lines(
            ["WORKLOAD", "CONTAINER", "IMAGE", "PATH", "KEY", "READ-ONLY"],
            chart.Contract.Mounts.Select(mount => (string[])[mount.Workload.ToString(), mount.Container, mount.Image, mount.Path, mount.Key ?? "?", mount.ReadOnly ? "yes" : "no"])));
        IReadOnlyList<Finding> ofPrompts = prompts is null ? [] : await prompts.RunAsync(cancellation);
        log.Report([.. ContractCheck.Check(chart.Contract, plan), .. MountGaps.In(chart, plan.Parameters.Namespace), .. ofPrompts]);
        return new RenderingResult(plan.Chart, chart.Manifests.Count, chart.Contract, plan.Parameters.Display(saved));
    }

    private string Save()
    {
        var folder = Path.Combine(plan.Parameters.RootFolder, "artifacts", plan.Parameters.Release);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "manifests.yaml");
        var mask = new SecretMask();
        File.WriteAllText(file, string.Concat(chart.Manifests.Select(manifest =>
            $"---\n# Source: {manifest.Source}\n{ManifestYaml.Write(mask.Apply(manifest.Body, plan.Redactor))}")));
        return file;
    }
}
