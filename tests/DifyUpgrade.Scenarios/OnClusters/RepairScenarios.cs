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
        await LetLeaseLastAsync(seconds: 1);
        (await BuildAsync("Upgrade", NewerTag)).MustExitWith(2).MustSay("but helm goes on (process");

        (await BuildAsync("Upgrade", NewerTag, "--repair")).MustExitWith(0).MustSay("Waiting for revision 2, pending-upgrade", "Revision 3 of dify is rolled out").MustNotSay("is marked failed");
        Assert.Equal(["1 superseded", "2 failed", "3 deployed"], await RevisionsAsync());
    }
}
