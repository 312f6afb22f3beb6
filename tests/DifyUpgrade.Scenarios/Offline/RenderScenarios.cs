using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.Offline;

/// <summary>What a developer without a cluster can do.</summary>
public sealed class RenderScenarios : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_chart_renders_and_its_contract_is_checked_without_a_cluster_and_without_a_secret_on_disk()
    {
        var run = await Run.OfAsync(_workspace.Build("RenderTemplate", "--skip", "ValidateConfigMap", "--kubeconfig", "/no/such/kubeconfig"));
        run.MustExitWith(0).MustSay("renders 8 objects", "deployment/dify-api", "deployment/dify-worker", "deployment/dify-beat", "/app/api/core/llm_generator/prompts.py").MustNotSay(Workspace.Canary);
        var manifests = await File.ReadAllTextAsync(_workspace.At("artifacts/dify/manifests.yaml"), TestContext.Current.CancellationToken);
        Assert.Contains("kind: Secret", manifests, StringComparison.Ordinal);
        Assert.DoesNotContain(Workspace.Canary, manifests, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_value_is_refused_in_helms_words_and_without_secrets()
    {
        _workspace.Write("values-dify-prod.yaml", "api: {extraVolumeMount: []}\n");
        (await Run.OfAsync(_workspace.Build("RenderTemplate", "--skip", "ValidateConfigMap"))).MustExitWith(2).MustSay("extraVolumeMount").MustNotSay(Workspace.Canary);
    }

    [Fact]
    public async Task The_help_lists_every_target_and_parameter()
    {
        var run = await Run.OfAsync(_workspace.Build("--help"));
        run.MustExitWith(0).MustSay("ValidateConfigMap", "RenderTemplate", "DryRun", "Upgrade", "VerifyMount", "Rollback", "RefreshPrompts", "Status", "--values-files", "--prompt-files", "--config-map-drift");
    }
}
