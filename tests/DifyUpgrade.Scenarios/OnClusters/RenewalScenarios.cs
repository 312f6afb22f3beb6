using System.Text.Json;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>The Lease cannot be renewed while a run works: soon somebody else may take it, so the run must stop.</summary>
public abstract class RenewalScenarios(TestCluster cluster) : RestrictedScenario(cluster)
{
    private const string Lost = "The lock of the release was lost (it could not be renewed: ";

    [Fact]
    public Task A_right_to_renew_that_is_taken_away_stops_the_run_at_the_next_safe_point() => StopsAsync(spoil: () => GrantAsync(leases: "get"), mend: () => GrantAsync(leases: "get, update"));

    /// <summary>Spoils the renewals once helm is at work, and holds the rollout up until the run has noticed.</summary>
    private protected async Task StopsAsync(Func<Task> spoil, Func<Task> mend)
    {
        await InstallAsync();
        await BecomeAsync("deploy");
        await File.AppendAllTextAsync(Workspace.Prompts, "\n# changed\n", TestContext.Current.CancellationToken);
        await AskAsync("create", "quota", "full", "--hard=pods=0");
        var run = await Run.OfAsync(BuildAs("Upgrade", NewerTag, "--config-map-drift", "apply", "--failure-grace", "4m"), async line =>
        {
            if (line.Contains("ConfigMap dify-prompts written", StringComparison.Ordinal))
                await spoil();
            // It is said once more in the summary.
            if (line.Contains(Lost, StringComparison.Ordinal))
                await AskAsync("delete", "quota", "full", "--ignore-not-found");
        });

        // helm ends what it has begun; nothing is changed after that.
        run.MustExitWith(1).MustSay(Lost, "so this run stops here: it could not be renewed", "./build.sh Status").MustNotSay("Revision 2 of dify is rolled out", "interrupted");
        Assert.Equal(["1 superseded", "2 deployed"], await RevisionsAsync());
        Assert.Equal("failed", (await ReportAsync()).GetProperty("outcome").GetString());

        await mend();
        (await AsAsync("Upgrade", NewerTag, "--wait-for-lock", "1m")).MustExitWith(0).MustSay("Revision 3 of dify is rolled out", "Proven: 5 mounted files");
        await MustServeAsync("worker", PromptsSha256);
        Assert.Empty(await AskAsync("get", "lease", "dify-upgrade.dify", "-o", "jsonpath={.spec.holderIdentity}"));
    }

    private async Task GrantAsync(string leases)
    {
        var role = await File.ReadAllTextAsync(Workspace.At("charts/access/deploy.yaml"), TestContext.Current.CancellationToken);
        Assert.Contains("verbs: [get, update]", role, StringComparison.Ordinal);
        Workspace.Write("role.yaml", role.Replace("verbs: [get, update]", $"verbs: [{leases}]", StringComparison.Ordinal));
        await AskAsync("apply", "-f", Workspace.At("role.yaml"));
    }
}

/// <summary>On the sandbox the server itself may fail, too.</summary>
public sealed class RenewalOnSandbox() : RenewalScenarios(TestCluster.Sandbox)
{
    [Fact]
    public Task A_server_that_fails_at_each_renewal_stops_the_run_as_well() => StopsAsync(
        spoil: async () =>
        {
            Workspace.Write("fault.json", JsonSerializer.Serialize(new { id = Namespace, kind = "status", status = 500, method = "PUT", agent = "dify-upgrade*", path = $"/apis/coordination.k8s.io/v1/namespaces/{Namespace}/leases/*" }));
            await AskAsync("create", "--raw", "/sandbox/faults", "-f", Workspace.At("fault.json"));
        },
        mend: () => AskAsync("delete", "--raw", "/sandbox/faults?id=" + Namespace));
}
