using System.Text.Json;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

public abstract class RepairScenarios(TestCluster cluster) : KillingScenario(cluster)
{
    [Fact]
    public async Task An_upgrade_stops_at_what_a_killed_helm_left_and_a_repair_goes_back_to_the_last_good_revision()
    {
        await InstallAsync();
        await KillAsync(KillPoint.RevisionPending, Build("Upgrade", NewerTag));
        await LetLeaseLastAsync(seconds: 600);
        (await BuildAsync("Upgrade", NewerTag)).MustExitWith(2).MustSay("Another run works on the release: ", "(Upgrade since");

        await LetLeaseLastAsync(seconds: 1);
        (await BuildAsync("Upgrade", NewerTag)).MustExitWith(2).MustSay("Revision 2 of dify is pending-upgrade since", "but nobody is at work on it", "./build.sh Upgrade --repair", "./build.sh Repair");
        Assert.Equal(["1 deployed", "2 pending-upgrade"], await RevisionsAsync());

        (await BuildAsync("Repair", null)).MustExitWith(0).MustSay("Revision 2 is marked failed", "to revision 1 (", "Proven: 5 mounted files");
        Assert.Equal(["1 superseded", "2 failed", "3 deployed"], await RevisionsAsync());
        foreach (var component in (string[])["api", "worker", "beat"])
            await MustServeAsync(component, PromptsSha256);
        await MustReportAsync("Repair succeeded", "Repair and rollback", "Revision 2 was pending-upgrade, but nobody was at work on it", "Revision 3 is revision 1 again");
        Assert.Equal("pending-upgrade", await AskAsync("get", "secret", "dify-upgrade.dify.v2.replaced", "-o", "jsonpath={.metadata.annotations.dify-upgrade/status}"));
        (await BuildAsync("Repair", null)).MustExitWith(0).MustSay("Nothing to repair: revision 3 is deployed");
    }

    [Fact]
    public async Task A_first_installation_that_was_killed_is_marked_failed_and_never_taken_for_good()
    {
        await KillAsync(KillPoint.RevisionPending, Build("Upgrade", OlderTag, "--install", "--config-map-drift", "apply"));
        await LetLeaseLastAsync(seconds: 1);
        (await BuildAsync("Repair", null)).MustExitWith(0).MustSay("Revision 1 is marked failed", "No revision was ever good");
        Assert.Equal(["1 failed"], await RevisionsAsync());

        (await BuildAsync("Upgrade", NewerTag)).MustExitWith(0).MustSay("Revision 2 of dify is rolled out", "Proven: 5 mounted files");
        (await BuildAsync("Rollback", null)).MustExitWith(2).MustSay("No revision before 2 was ever deployed");
    }

    [Fact]
    public async Task While_the_helm_of_a_killed_build_goes_on_a_repair_waits_for_its_end()
    {
        await InstallAsync();
        await KillAsync(KillPoint.RevisionPending, Build("Upgrade", "99.0.0", "--timeout", "20s"), withHelm: false);

        // Its time is up when it is waited for, and not before, however slow the machine is.
        await SignalHelmAsync("STOP");
        await LetLeaseLastAsync(seconds: 1);
        (await BuildAsync("Upgrade", NewerTag)).MustExitWith(2).MustSay("but helm goes on (process");
        var repaired = await Run.OfAsync(Build("Upgrade", NewerTag, "--repair"), async line =>
        {
            if (line.Contains("Waiting for revision 2, pending-upgrade", StringComparison.Ordinal))
                await SignalHelmAsync("CONT");
        });
        repaired.MustExitWith(0).MustSay("Waiting for revision 2, pending-upgrade", "Revision 3 of dify is rolled out").MustNotSay("is marked failed");
        Assert.Equal(["1 superseded", "2 failed", "3 deployed"], await RevisionsAsync());
    }

    [Fact]
    public async Task An_upgrade_that_repairs_first_says_both_in_its_report()
    {
        await InstallAsync();
        await KillAsync(KillPoint.RevisionPending, Build("Upgrade", NewerTag));
        await LetLeaseLastAsync(seconds: 1);
        (await BuildAsync("Upgrade", NewerTag, "--repair")).MustExitWith(0).MustSay("Revision 2 is marked failed", "Revision 3 of dify is rolled out");
        await MustReportAsync("Upgrade succeeded", "Repair", "Revision 2 was pending-upgrade, but nobody was at work on it");
        Assert.Equal(JsonValueKind.Null, (await ReportAsync()).GetProperty("rollback").ValueKind);
    }

    private async Task MustReportAsync(params string[] parts)
    {
        var repair = (await ReportAsync()).GetProperty("repair");
        Assert.Equal((2, "pending-upgrade", "dify-upgrade.dify.v2.replaced"), (repair.GetProperty("revision").GetInt32(), repair.GetProperty("was").GetString(), repair.GetProperty("copy").GetString()));
        foreach (var form in (string[])["summary.md", "index.html"])
        {
            var text = await File.ReadAllTextAsync(Workspace.At("artifacts/report/" + form), TestContext.Current.CancellationToken);
            Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
        }
    }
}
