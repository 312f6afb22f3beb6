using System.Globalization;
using System.Text.Json;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

public abstract class LockScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    private const string Lease = "dify-upgrade.dify";

    [Fact]
    public async Task A_run_names_who_holds_the_release_and_changes_nothing_until_that_one_is_done_or_dead()
    {
        await InstallAsync();
        Assert.Empty(await AskAsync("get", "lease", Lease, "-o", "jsonpath={.spec.holderIdentity}"));

        await HoldAsync(TimeProvider.System.GetUtcNow().AddHours(1));
        (await BuildAsync("Upgrade", NewerTag)).MustExitWith(2).MustSay("Another run works on the release: alice@laptop/1 (Rollback since", "https://ci.example/runs/7", "--wait-for-lock 5m");
        (await BuildAsync("RefreshPrompts", OlderTag)).MustExitWith(2).MustSay("alice@laptop/1");
        (await BuildAsync("Rollback", null, "--wait-for-lock", "2s")).MustExitWith(2).MustSay("Waiting for the lock", "waited 2 s");
        Assert.Equal(["1 deployed"], await RevisionsAsync());
        (await BuildAsync("Status", OlderTag)).MustExitWith(0);

        await HoldAsync(TimeProvider.System.GetUtcNow().AddMinutes(-5));
        (await BuildAsync("Upgrade", NewerTag)).MustExitWith(0).MustSay("Taking over the lock of the release: its holder died", "alice@laptop/1", "Revision 2 of dify is rolled out");
        Assert.Empty(await AskAsync("get", "lease", Lease, "-o", "jsonpath={.spec.holderIdentity}"));
    }

    [Fact]
    public async Task Of_two_upgrades_at_once_that_may_wait_one_follows_the_other()
    {
        await InstallAsync();
        var runs = await Task.WhenAll(BuildAsync("Upgrade", NewerTag, "--wait-for-lock", "4m"), BuildAsync("Upgrade", NewerTag, "--wait-for-lock", "4m"));
        foreach (var run in runs)
            run.MustExitWith(0).MustSay("Proven: 5 mounted files");
        Assert.Equal(["1 superseded", "2 superseded", "3 deployed"], await RevisionsAsync());
    }

    [Fact]
    public async Task A_run_whose_lock_is_taken_from_it_stops_before_its_next_change()
    {
        await InstallAsync();
        await File.AppendAllTextAsync(Workspace.Prompts, "\n# changed\n", TestContext.Current.CancellationToken);

        // helm goes on with what it has begun; the snapshot of the prompts, the next change of our own, must not happen any more.
        var run = await Run.OfAsync(Build("Upgrade", NewerTag, "--config-map-drift", "apply"), async line =>
        {
            if (line.Contains("ConfigMap dify-prompts written", StringComparison.Ordinal))
                await HoldAsync(TimeProvider.System.GetUtcNow().AddHours(1));
        });

        run.MustExitWith(1).MustSay("The lock of the release was lost", "alice@laptop/1", "./build.sh Status").MustNotSay("Revision 2 of dify is rolled out");
        Assert.Equal("alice@laptop/1", await AskAsync("get", "lease", Lease, "-o", "jsonpath={.spec.holderIdentity}"));
    }

    [Fact]
    public async Task An_upgrade_that_may_wait_follows_the_one_that_is_at_work()
    {
        await InstallAsync();
        var atWork = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Run.OfAsync(Build("Upgrade", NewerTag), line =>
        {
            // From here on helm's own record of the release says that an upgrade is pending.
            if (line.Contains("the controller has not seen the change yet", StringComparison.Ordinal) || line.Contains(" pods are new", StringComparison.Ordinal))
                atWork.TrySetResult();
            return Task.CompletedTask;
        });
        await Task.WhenAny(atWork.Task, first);
        var second = await BuildAsync("Upgrade", NewerTag, "--wait-for-lock", "5m");

        // Both run in one folder: neither touches the other's report.
        (await first).MustExitWith(0).MustSay("Report: artifacts/report/index.html");
        second.MustExitWith(0).MustSay("Revision 3 of dify is rolled out", "Another run is at work in this folder", "Report: artifacts/report-2/index.html");
        Assert.Equal(2, (await ReportAsync()).GetProperty("release").GetProperty("revision").GetInt32());
        Assert.Equal(3, (await ReportAsync("report-2")).GetProperty("release").GetProperty("revision").GetInt32());
        Assert.Equal(["1 superseded", "2 superseded", "3 deployed"], await RevisionsAsync());
    }

    // What another run would have written.
    private async Task HoldAsync(DateTimeOffset renewed)
    {
        var time = renewed.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        await AskAsync("patch", "lease", Lease, "--type=merge", "--patch", JsonSerializer.Serialize(new
        {
            metadata = new { annotations = new Dictionary<string, string> { ["dify-upgrade/target"] = "Rollback", ["dify-upgrade/ci-run"] = "https://ci.example/runs/7" } },
            spec = new { holderIdentity = "alice@laptop/1", acquireTime = time, renewTime = time },
        }));
    }
}
