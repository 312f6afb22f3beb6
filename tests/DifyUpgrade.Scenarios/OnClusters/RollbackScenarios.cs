using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

public abstract class RollbackScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    [Fact]
    public async Task A_rollback_mends_a_rollout_that_its_controller_has_given_up()
    {
        await InstallAsync();
        Workspace.Write("values-broken.yaml", "api: {progressDeadlineSeconds: 5}\nworker: {progressDeadlineSeconds: 5}\nbeat: {progressDeadlineSeconds: 5}\n");
        (await BuildAsync("Upgrade", "99.0.0", "--failure-grace", "2m")).MustExitWith(1).MustSay("progress deadline exceeded");

        (await BuildAsync("Rollback", null)).MustExitWith(0).MustSay("to revision 1", "Proven: 5 mounted files");
        Assert.Equal("deployed", (await RevisionsAsync())[^1].Split(' ')[1]);
    }

    [Fact]
    public async Task A_rollback_goes_to_the_last_good_revision_or_to_the_one_asked_for_and_brings_its_prompts_back()
    {
        await InstallAsync();
        var first = PromptsSha256;
        await File.AppendAllTextAsync(Workspace.Prompts, "\n# second\n", TestContext.Current.CancellationToken);
        var second = PromptsSha256;
        (await BuildAsync("Upgrade", NewerTag, "--config-map-drift", "apply")).MustExitWith(0);
        await MustServeAsync("api", second);

        (await BuildAsync("Rollback", null)).MustExitWith(0).MustSay("to revision 1", "the newest good revision before the current 2", $"Dify goes from {NewerTag} back to {OlderTag}, but a rollback never changes the database back", "Proven: 5 mounted files");
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
    public async Task Prompts_that_were_refreshed_belong_to_the_revision_that_was_proven_with_them_and_can_be_brought_back_alone()
    {
        await InstallAsync();
        var first = PromptsSha256;
        await File.AppendAllTextAsync(Workspace.Prompts, "\n# second\n", TestContext.Current.CancellationToken);
        var second = PromptsSha256;
        (await BuildAsync("RefreshPrompts", OlderTag)).MustExitWith(0).MustSay("Restarting what serves other content");
        await File.AppendAllTextAsync(Workspace.Prompts, "\n# third\n", TestContext.Current.CancellationToken);
        (await BuildAsync("Upgrade", NewerTag, "--config-map-drift", "apply")).MustExitWith(0);

        // Three contents, each with the last revision that was proven with it.
        (await BuildAsync("Status", null)).MustExitWith(0).MustSay($"prompts.py {first[..12]}", $"prompts.py {second[..12]}");
        Assert.Equal(["1: used by 1, proven for ", "2: used by 1, proven for 1", "3: used by 2, proven for 2"], await SnapshotsAsync());

        (await BuildAsync("Rollback", null)).MustExitWith(0).MustSay("to revision 1 (", " old, dify-0.1.0, app ", $"Revision 1 was proven with prompts revision 2 (prompts.py {second[..12]}…)");
        foreach (var component in (string[])["api", "worker", "beat"])
            await MustServeAsync(component, second);

        // Without helm, without the local files, and not for a number that does not exist.
        File.Delete(Workspace.Prompts);
        var pods = await PodsAsync("web");
        (await BuildAsync("RefreshPrompts", null, "--prompts-revision", "1")).MustExitWith(0).MustSay("Bringing back prompts revision 1", "Proven: 5 mounted files");
        await MustServeAsync("worker", first);
        (await BuildAsync("RefreshPrompts", null, "--prompts-revision", "1")).MustExitWith(0).MustNotSay("Restarting");
        (await BuildAsync("RefreshPrompts", null, "--prompts-revision", "9")).MustExitWith(2).MustSay("There is no prompts revision 9", "kept: 1, 2, 3");
        Assert.Equal(pods, await PodsAsync("web"));
        Assert.Equal(["1: used by 1, 3, proven for 3", "2: used by 1, 3, proven for 1", "3: used by 2, proven for 2"], await SnapshotsAsync());
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

    private async Task<string[]> SnapshotsAsync()
    {
        var lines = await AskAsync("get", "configmaps", "-l", "dify-upgrade/release=dify,dify-upgrade/prompts-of=dify-prompts", "-o", "go-template={{range .items}}{{index .metadata.labels \"dify-upgrade/prompts-revision\"}}: used by {{index .metadata.annotations \"dify-upgrade/used-by-revisions\"}}, proven for {{index .metadata.annotations \"dify-upgrade/proven-for-revisions\"}}{{\"\\n\"}}{{end}}");
        return [.. lines.Split('\n').Select(line => line.Replace(",", ", ", StringComparison.Ordinal).Replace(",  ", ", ", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
