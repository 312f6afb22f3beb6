using System.Globalization;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>Counts how often the workloads roll: each restart costs every user of theirs a wait.</summary>
public abstract class RestartScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    private static readonly string[] Mounting = ["api", "worker", "beat"];

    [Fact]
    public async Task Whatever_changes_template_prompts_or_both_each_workload_that_mounts_them_rolls_once_and_no_other()
    {
        await InstallAsync();
        var web = await PodsAsync("web");

        await File.AppendAllTextAsync(Workspace.Prompts, "\n# second\n", TestContext.Current.CancellationToken);
        await MustRollOnceAsync(() => BuildAsync("Upgrade", NewerTag, "--config-map-drift", "apply"));
        await MustRollOnceAsync(() => BuildAsync("Rollback", null));
        await MustRollOnceAsync(() => BuildAsync("RefreshPrompts", OlderTag));
        await MustRollOnceAsync(() => BuildAsync("RefreshPrompts", null, "--prompts-revision", "1"));
        Assert.Equal(web, await PodsAsync("web"));
    }

    // A Deployment counts the templates that it has rolled out; every one of its pods is made once for each.
    private async Task MustRollOnceAsync(Func<Task<Run>> change)
    {
        var (before, old) = (await RolloutsAsync(), await Task.WhenAll(Mounting.Select(PodsAsync)));
        var run = (await change()).MustExitWith(0).MustSay("Proven: 5 mounted files");
        var after = await RolloutsAsync();
        foreach (var component in before.Keys)
            Assert.True(after[component] - before[component] == (Mounting.Contains(component) ? 1 : 0), $"{component} was rolled {after[component] - before[component]} times\n{run.Text}");
        Assert.Empty((await Task.WhenAll(Mounting.Select(PodsAsync))).SelectMany(pods => pods).Intersect(old.SelectMany(pods => pods), StringComparer.Ordinal));
    }

    private async Task<Dictionary<string, int>> RolloutsAsync()
    {
        var lines = await AskAsync("get", "deployments", "-o", "go-template={{range .items}}{{.metadata.labels.component}} {{index .metadata.annotations \"deployment.kubernetes.io/revision\"}}{{\"\\n\"}}{{end}}");
        return lines.Split('\n').Select(line => line.Split(' ')).ToDictionary(line => line[0], line => int.Parse(line[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }
}
