using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>The Roles that charts/access ships suffice, as they are; what they lack is said before anything happens.</summary>
public abstract class PermissionScenarios(TestCluster cluster) : RestrictedScenario(cluster)
{
    [Fact]
    public async Task The_whole_chain_runs_with_exactly_the_role_for_deploying()
    {
        await BecomeAsync("deploy");
        (await AsAsync("Upgrade", OlderTag, "--install", "--config-map-drift", "apply")).MustExitWith(0).MustNotSay("forbidden", "Without some rights");
        await File.AppendAllTextAsync(Workspace.Prompts, "\n# changed\n", TestContext.Current.CancellationToken);
        (await AsAsync("RefreshPrompts", OlderTag)).MustExitWith(0).MustSay("Restarting what serves other content");
        (await AsAsync("Upgrade", NewerTag, "--config-map-drift", "apply")).MustExitWith(0).MustSay("Proven: 5 mounted files");
        (await AsAsync("Rollback", null)).MustExitWith(0).MustSay("to revision 1", "Proven: 5 mounted files").MustNotSay("forbidden", "Without some rights");
        foreach (var target in (string[])["Status", "VerifyMount", "DiffPrompts", "DryRun"])
            (await AsAsync(target, OlderTag)).MustExitWith(0).MustNotSay("forbidden");
        Assert.Equal(["1 superseded", "2 superseded", "3 deployed"], await RevisionsAsync());
    }

    [Fact]
    public async Task Whoever_may_only_look_can_look_and_hears_all_that_is_missing_for_more()
    {
        await InstallAsync();
        await BecomeAsync("read-only");
        foreach (var target in (string[])["Status", "VerifyMount", "ValidateConfigMap", "RenderTemplate", "DiffPrompts"])
            (await AsAsync(target, OlderTag)).MustExitWith(0).MustNotSay("forbidden");

        var refused = (await AsAsync("Upgrade", NewerTag)).MustExitWith(2).MustSay(
            "rights are missing that this run needs, and nothing was begun", "patch deployments.apps", "create leases.coordination.k8s.io", "patch secrets", "watch pods", "verbs: [", "charts/access/");
        refused.MustNotSay("get pods/exec", "list secrets", "create services");
        (await AsAsync("DryRun", NewerTag)).MustExitWith(2).MustSay("patch deployments.apps").MustNotSay("leases");
        (await AsAsync("Rollback", null)).MustExitWith(2).MustSay("rights are missing", "create secrets", "list events");
        Assert.Equal(["1 deployed"], await RevisionsAsync());
        Assert.Empty(await AskAsync("get", "lease", "dify-upgrade.dify", "-o", "jsonpath={.spec.holderIdentity}"));

        await BecomeAsync("dry-run");
        (await AsAsync("DryRun", NewerTag)).MustExitWith(0).MustSay("The server accepts all");
    }
}
