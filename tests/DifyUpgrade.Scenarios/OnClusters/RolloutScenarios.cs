using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

public abstract class RolloutScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    [Fact]
    public async Task Upgrade_keeps_waiting_when_helm_is_satisfied_while_old_pods_serve_and_says_how_available_it_was()
    {
        // helm --wait is satisfied with 2 new pods ready of 3. The last old pod then serves on until the second new one has
        // been ready for minReadySeconds and a third one, too: time enough even for a helm that looks late.
        Workspace.Write("values-fast.yaml", """
            api: {replicas: 3, updateStrategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}, minReadySeconds: 10, readinessProbe: {initialDelaySeconds: 0, periodSeconds: 1}, terminationGracePeriodSeconds: 2}
            worker: {replicas: 1, minReadySeconds: 0, terminationGracePeriodSeconds: 2}
            beat: {minReadySeconds: 0, terminationGracePeriodSeconds: 2}
            web: {replicas: 1, readinessProbe: {initialDelaySeconds: 0, periodSeconds: 1}, terminationGracePeriodSeconds: 2}
            """);
        await InstallAsync();

        var run = (await BuildAsync("Upgrade", NewerTag))
            .MustExitWith(0)
            .MustSay("deployment/dify-api: never fewer than 2 ready pods, 2 promised", "Revision 2 of dify is rolled out", "Proven:");
        var afterHelm = run.Output[run.Output.IndexOf("helm: STATUS: deployed", StringComparison.Ordinal)..];
        Assert.Contains("deployment/dify-api: all 3 pods are new and available", afterHelm, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dip_below_the_promise_is_measured_and_fails_the_run_when_it_is_longer_than_allowed()
    {
        await InstallAsync();
        Workspace.Write("values-fast.yaml", (await File.ReadAllTextAsync(Workspace.At("values-fast.yaml"), TestContext.Current.CancellationToken)).Replace("api: {", "api: {podAnnotations: {changed: \"yes\"}, ", StringComparison.Ordinal));
        var old = await PodsAsync("api");

        // Somebody deletes the old pods while the new ones are not ready yet: no setting of the Deployment allows that.
        var run = await Task.WhenAll(
            BuildAsync("Upgrade", NewerTag, "--max-unavailable-seconds", "0"),
            DeleteOnceReplacedAsync(old));
        run[0].MustExitWith(1).MustSay("deployment/dify-api was less available than promised: down to 0 ready pods of 2 promised", "--max-unavailable-seconds");
        Assert.Equal("deployed", (await RevisionsAsync())[^1].Split(' ')[1]);
    }

    private async Task<Run> DeleteOnceReplacedAsync(string[] old)
    {
        await KubectlAsync("-n", Namespace, "wait", "deployment/dify-api", "--for=condition=Progressing", "--timeout=60s");
        while ((await PodsAsync("api")).Length == old.Length)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        return await KubectlAsync(["-n", Namespace, "delete", "pod", "--grace-period=0", "--force", .. old]);
    }
}
