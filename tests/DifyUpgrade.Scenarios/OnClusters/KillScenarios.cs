using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>The build and its helm are killed (SIGKILL) at an event of the chain; the next <c>Upgrade --repair</c> must end well.</summary>
public abstract class KillScenarios(TestCluster cluster) : KillingScenario(cluster)
{
    // What is seen, and then the run is killed at once: a line of its own, or a line of a kubectl that watches.
    private static readonly KillPoint[] Points =
    [
        new("connected", "Upgrade", "Release dify in namespace"),
        new("rendering", "Upgrade", "> helm template"),
        new("trying", "Upgrade", "--dry-run"),
        new("tried", "Upgrade", "The server accepts all"),
        new("locked", "Upgrade", "\"holderIdentity\": \"", ["get", "lease", "dify-upgrade.dify"]) { OnEveryCluster = true },
        new("prompts kept", "Upgrade", "\"dify-upgrade/used-by-revisions\": \"", ["get", "configmaps", "-l", "dify-upgrade/release=dify"]),
        new("prompts written", "Upgrade", "ConfigMap dify-prompts written"),
        new("helm started", "Upgrade", "> helm upgrade dify"),
        KillPoint.RevisionPending,
        new("first pod made", "Upgrade", "pod/dify-"),
        new("pods start", "Upgrade", "ContainerCreating"),
        new("a pod is ready", "Upgrade", "pod/dify-.* ready$") { OnEveryCluster = true },
        new("an old pod goes", "Upgrade", "pod/dify-.* (terminating|gone)$"),
        new("revision deployed", "Upgrade", "helm: Release .dify. has been upgraded"),
        new("rolled out", "Upgrade", "is rolled out: every pod"),
        new("proven", "Upgrade", "Proven: "),
        new("rolling back", "Rollback", "Rolling back from revision"),
        new("rollback pending", "Rollback", "\"status\": \"pending-rollback\"", ["get", "secrets", "-l", "owner=helm"]) { OnEveryCluster = true },
        new("rolled back", "Rollback", "helm: Rollback was a success"),
        new("refreshed", "RefreshPrompts", "ConfigMap dify-prompts written"),
        new("restarting", "RefreshPrompts", "Restarting what serves other content"),
    ];

    [Fact]
    public async Task Killed_at_any_point_the_next_upgrade_with_repair_ends_well()
    {
        await InstallAsync();
        KillPoint[] points = [.. Points.Where(point => point.OnEveryCluster || Cluster == TestCluster.Sandbox)];
        for (var i = 0; i < points.Length; i++)
        {
            var (point, tag) = (points[i], i % 2 == 0 ? NewerTag : OlderTag);
            if (point.Target == "Rollback")
                (await BuildAsync("Upgrade", tag, "--config-map-drift", "apply")).MustExitWith(0);
            await File.AppendAllTextAsync(Workspace.Prompts, $"\n# {point.Name}\n", TestContext.Current.CancellationToken);
            await KillAsync(point, Build(point.Target, tag, [.. point.Target == "Upgrade" ? (string[])["--config-map-drift", "apply"] : [], "--verbosity", "Verbose"]));

            if (!point.LeaseExpires)
                await LetLeaseLastAsync(seconds: 1);
            var next = (await BuildAsync("Upgrade", tag, "--repair", "--config-map-drift", "apply")).MustExitWith(0).MustSay("Proven: 5 mounted files");
            if (point.Sees.Contains("pending-", StringComparison.Ordinal))
                next.MustSay("is marked failed (the run that began it died on this machine, and its helm with it)", "secret/dify-upgrade.dify.v");
            Assert.EndsWith("deployed", (await RevisionsAsync())[^1], StringComparison.Ordinal);
            Assert.Empty(await AskAsync("get", "lease", "dify-upgrade.dify", "-o", "jsonpath={.spec.holderIdentity}"));
            await MustServeAsync("worker", PromptsSha256);
            TestContext.Current.TestOutputHelper?.WriteLine($"killed and repaired: {point.Name}");
        }
    }
}
