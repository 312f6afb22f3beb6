using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>What lies in artifacts/report after a run.</summary>
public abstract class ReportScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    [Fact]
    public async Task An_upgrade_leaves_a_report_with_its_pods_its_proof_and_its_changes_and_GitHub_gets_the_summary()
    {
        await InstallAsync();
        var summary = Workspace.At("step-summary.md");
        await File.WriteAllTextAsync(summary, "before\n", TestContext.Current.CancellationToken);
        var command = Build("Upgrade", NewerTag);
        var run = await Run.OfAsync(command.WithEnvironmentVariables(variables =>
        {
            foreach (var (name, value) in command.EnvironmentVariables)
                variables.Set(name, value);
            variables.Set("GITHUB_ACTIONS", "true").Set("GITHUB_STEP_SUMMARY", summary);
        }));
        run.MustExitWith(0).MustSay("Report: artifacts/report/index.html");

        var report = await ReportAsync();
        Assert.Equal("succeeded", report.GetProperty("outcome").GetString());
        Assert.Equal(2, report.GetProperty("release").GetProperty("revision").GetInt32());
        Assert.Equal(["ValidateConfigMap", "RenderTemplate", "DryRun", "Upgrade", "VerifyMount"], report.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("target").GetString()!));
        Assert.All(report.GetProperty("evidence").EnumerateArray(), row => Assert.Equal("proven", row.GetProperty("verdict").GetString()));
        var page = await File.ReadAllTextAsync(Workspace.At("artifacts/report/index.html"), TestContext.Current.CancellationToken);
        foreach (var pod in (string[])[.. await PodsAsync("api"), .. await PodsAsync("worker"), .. await PodsAsync("beat")])
            Assert.Contains(pod, page, StringComparison.Ordinal);
        Assert.Contains($"langgenius/dify-api:{OlderTag}", page, StringComparison.Ordinal);
        Assert.StartsWith("before\n", await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("Upgrade succeeded: dify, revision 2", await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollout_with_maxUnavailable_1_whose_dip_the_report_shows_though_the_promise_is_kept()
    {
        Workspace.Write("values-fast.yaml", """
            api: {replicas: 3, updateStrategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}, readinessProbe: {initialDelaySeconds: 2, periodSeconds: 1}, terminationGracePeriodSeconds: 2}
            worker: {replicas: 1, minReadySeconds: 0, terminationGracePeriodSeconds: 2}
            beat: {minReadySeconds: 0, terminationGracePeriodSeconds: 2}
            web: {replicas: 1, readinessProbe: {initialDelaySeconds: 0, periodSeconds: 1}, terminationGracePeriodSeconds: 2}
            """);
        await InstallAsync();
        (await BuildAsync("Upgrade", NewerTag, "--max-unavailable-seconds", "0")).MustExitWith(0).MustSay("deployment/dify-api: never fewer than 2 ready pods, 2 promised");

        var workloads = (await ReportAsync()).GetProperty("rollouts")[0].GetProperty("workloads").EnumerateArray();
        var availability = workloads.Single(workload => workload.GetProperty("workload").GetProperty("name").GetString() == "dify-api").GetProperty("availability");
        Assert.Equal((2, 2, 0), (availability.GetProperty("promised").GetInt32(), availability.GetProperty("fewestReady").GetInt32(), availability.GetProperty("secondsBelow").GetDouble()));
        var ready = availability.GetProperty("samples").EnumerateArray().Select(sample => sample.GetProperty("ready").GetInt32()).ToList();
        Assert.Equal(3, ready[0]);
        Assert.True(ready.Count(number => number == 2) >= 2, $"expected a dip to 2 pods for each that was replaced, saw {string.Join(", ", ready)}");
    }

    [Fact]
    public async Task A_run_that_fails_leaves_a_report_and_a_look_at_the_release_leaves_it_alone()
    {
        (await BuildAsync("Upgrade", "99.0.0", "--install", "--config-map-drift", "apply", "--failure-grace", "3s")).MustExitWith(1).MustSay("Report: artifacts/report/index.html");
        var report = await ReportAsync();
        Assert.Equal("failed", report.GetProperty("outcome").GetString());
        Assert.Equal("image-tag", report.GetProperty("causes")[0].GetProperty("name").GetString());
        await BuildAsync("Status", NewerTag);
        Assert.Equal(report.GetProperty("from").GetString(), (await ReportAsync()).GetProperty("from").GetString());
    }
}
