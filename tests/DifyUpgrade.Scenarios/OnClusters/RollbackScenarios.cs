using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

public abstract class RollbackScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    [Fact]
    public async Task A_rollback_goes_to_the_last_good_revision_or_to_the_one_asked_for_and_brings_its_prompts_back()
    {
        await InstallAsync();
        var first = PromptsSha256;
        await File.AppendAllTextAsync(Workspace.Prompts, "\n# second\n", TestContext.Current.CancellationToken);
        var second = PromptsSha256;
        (await BuildAsync("Upgrade", NewerTag, "--config-map-drift", "apply")).MustExitWith(0);
        await MustServeAsync("api", second);

        (await BuildAsync("Rollback", null)).MustExitWith(0).MustSay("to revision 1", "the newest good revision before the current 2", "Proven: 5 mounted files");
        Assert.Equal(["1 superseded", "2 superseded", "3 deployed"], await RevisionsAsync());
        Assert.Contains(OlderTag, await AskAsync("get", "deployment", "dify-api", "-o", "jsonpath={.spec.template.spec.containers[0].image}"), StringComparison.Ordinal);
        foreach (var component in (string[])["api", "worker", "beat"])
            await MustServeAsync(component, first);

        (await BuildAsync("Rollback", null, "--revision", "2")).MustExitWith(0).MustSay("asked for with --revision", "Proven: 5 mounted files");
        await MustServeAsync("worker", second);
        (await BuildAsync("Rollback", null, "--revision", "99")).MustExitWith(2).MustSay("Revision 99 does not exist", "3 superseded, 4 deployed");
        Assert.Equal(4, (await RevisionsAsync()).Length);

        (await BuildAsync("Status", null)).MustExitWith(0).MustSay("Rollback to 2", "deployment/dify-web", "complete", "proven");
    }

    [Fact]
    public async Task A_rollback_works_while_the_local_files_are_broken()
    {
        await InstallAsync();
        (await BuildAsync("Upgrade", NewerTag)).MustExitWith(0);
        Workspace.Write("custom-configs/prompts.py", "");
        Workspace.Write("charts/dify/Chart.yaml", "not: [a chart");

        (await BuildAsync("Rollback", null)).MustExitWith(0).MustSay("Proven: 5 mounted files");
        Assert.Equal(["1 superseded", "2 superseded", "3 deployed"], await RevisionsAsync());
    }
}
