using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

public abstract class UpgradeScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    [Fact]
    public async Task A_release_is_installed_then_upgraded_with_and_without_a_change_and_every_pod_serves_the_prompts()
    {
        var install = await BuildAsync("Upgrade", OlderTag, "--install", "--config-map-drift", "apply");
        install.MustExitWith(0).MustSay("created Deployment/dify-api", "Proven: 5 mounted files in 5 pods");
        await AllMustServeAsync();
        Assert.Equal(["1 deployed"], await RevisionsAsync());

        var before = await PodsAsync("api");
        var upgrade = await BuildAsync("Upgrade", NewerTag);
        upgrade.MustExitWith(0).MustSay($"-           image: langgenius/dify-api:{OlderTag}", $"+           image: langgenius/dify-api:{NewerTag}", "Revision 2 of dify is rolled out", "Proven: 5 mounted files");
        await AllMustServeAsync();
        Assert.Single(upgrade.Output.Split('\n'), line => line.Contains("> helm get ", StringComparison.Ordinal));
        Assert.Empty(before.Intersect(await PodsAsync("api"), StringComparer.Ordinal));
        Assert.Equal(["1 superseded", "2 deployed"], await RevisionsAsync());

        before = await AllPodsAsync();
        var unchanged = await BuildAsync("Upgrade", NewerTag);
        unchanged.MustExitWith(0).MustSay("8 unchanged", "Revision 3 of dify is rolled out", "Proven: 5 mounted files");
        Assert.Equal(before, await AllPodsAsync());

        foreach (var run in (Run[])[install, upgrade, unchanged])
            run.MustNotSay(Workspace.Canary);
        Assert.DoesNotContain(Workspace.Canary, await File.ReadAllTextAsync(Workspace.At("artifacts/dify/manifests.yaml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<string[]> AllPodsAsync() => [.. await PodsAsync("api"), .. await PodsAsync("worker"), .. await PodsAsync("beat")];

    private async Task AllMustServeAsync()
    {
        foreach (var component in (string[])["api", "worker", "beat"])
            await MustServeAsync(component, PromptsSha256);
    }
}
