using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

public abstract class FailureScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    [Fact]
    public async Task An_image_that_cannot_be_pulled_fails_the_upgrade_by_name_while_old_pods_serve_and_a_rollback_mends_it()
    {
        await InstallAsync();
        var old = await PodsAsync("api");

        // Long before the timeout of 5 minutes, and while helm still waits.
        (await BuildAsync("Upgrade", "99.0.0"))
            .MustExitWith(1)
            .MustSay("ends the rollout unless it heals within 10s", "deployment/dify-api cannot roll out", "pod/dify-api-", "Pull", "helm upgrade is interrupted, not killed", "./build.sh Rollback");
        Assert.Equal(["1 deployed", "2 failed"], await RevisionsAsync());
        Assert.Empty(old.Except(await PodsAsync("api"), StringComparer.Ordinal));
        foreach (var pod in old)
            Assert.Equal("True", await AskAsync("get", "pod", pod, "-o", "jsonpath={.status.conditions[?(@.type==\"Ready\")].status}"));

        (await BuildAsync("Rollback", null)).MustExitWith(0).MustSay("to revision 1", "Proven: 5 mounted files");
        Assert.Equal(["1 superseded", "2 failed", "3 deployed"], await RevisionsAsync());
    }

    [Fact]
    public async Task Prompts_that_crash_the_pods_fail_the_upgrade_with_the_pods_own_words_while_old_pods_serve()
    {
        await InstallAsync();
        var old = await PodsAsync("api");
        await File.AppendAllTextAsync(Workspace.Prompts, "\nraise RuntimeError('these prompts crash')\n", TestContext.Current.CancellationToken);

        (await BuildAsync("Upgrade", NewerTag, "--config-map-drift", "apply"))
            .MustExitWith(1)
            .MustSay("deployment/dify-worker cannot roll out", "ended with exit code 2", "these prompts crash");
        foreach (var pod in old)
            Assert.Equal("True", await AskAsync("get", "pod", pod, "-o", "jsonpath={.status.conditions[?(@.type==\"Ready\")].status}"));

        (await BuildAsync("Rollback", null)).MustExitWith(0).MustSay("Proven: 5 mounted files");
    }

    [Fact]
    public async Task Prompts_that_lack_a_name_of_the_new_version_are_stopped_before_anything_changes()
    {
        await InstallAsync();
        var prompts = await File.ReadAllTextAsync(Workspace.Prompts, TestContext.Current.CancellationToken);
        Workspace.Write("custom-configs/prompts.py", prompts.Replace("DEFAULT_GENERATOR_SUMMARY_PROMPT", "RENAMED_PROMPT", StringComparison.Ordinal));

        (await BuildAsync("Upgrade", NewerTag, "--config-map-drift", "apply")).MustExitWith(2).MustSay("DEFAULT_GENERATOR_SUMMARY_PROMPT", "custom-configs/prompts.py");
        Assert.Equal(["1 deployed"], await RevisionsAsync());
    }

    [Fact]
    public async Task A_pod_that_serves_something_else_refutes_the_proof()
    {
        await InstallAsync();
        await File.AppendAllTextAsync(Workspace.Prompts, "\n# never deployed\n", TestContext.Current.CancellationToken);
        (await BuildAsync("VerifyMount", OlderTag)).MustExitWith(1).MustSay("REFUTED: the pod serves other content", PromptsSha256, "./build.sh RefreshPrompts");
    }
}
