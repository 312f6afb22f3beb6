using System.Text.Json;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

public abstract class InterruptScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task An_interrupted_upgrade_ends_in_order_and_the_next_one_works(string signal)
    {
        await InstallAsync();
        var interrupted = await Run.OfInterruptedAsync(Build("Upgrade", "99.0.0", "--timeout", "5m"), signal, whenItSays: "ImagePull");
        interrupted.MustExitWith(130).MustSay("helm: Release dify has been cancelled.");
        Assert.Contains("Release dify is at revision 2, failed (", LastLine(interrupted), StringComparison.Ordinal);
        Assert.Contains("and revision 1 was the last good one; run it again, or go back: ./build.sh Rollback", LastLine(interrupted), StringComparison.Ordinal);
        Assert.Empty(await AskAsync("get", "lease", "dify-upgrade.dify", "-o", "jsonpath={.spec.holderIdentity}"));
        Assert.Equal(["1 deployed", "2 failed"], await RevisionsAsync());
        interrupted.MustSay("The image langgenius/dify-api:99.0.0 cannot be pulled", "what was seen until then is kept without secrets in artifacts/diagnosis/");
        Assert.True(File.Exists(Workspace.At("artifacts/diagnosis/evidence.json")), interrupted.Text);
        var report = await ReportAsync();
        Assert.Equal("interrupted", report.GetProperty("outcome").GetString());
        Assert.Equal("image-tag", report.GetProperty("causes")[0].GetProperty("name").GetString());

        (await BuildAsync("Upgrade", NewerTag)).MustExitWith(0).MustSay("Revision 3 of dify is rolled out");
    }

    [Fact]
    public async Task An_interrupt_before_anything_changed_says_so_and_one_in_a_rollback_lets_helm_finish()
    {
        await InstallAsync();
        var early = (await Run.OfInterruptedAsync(Build("Upgrade", NewerTag), "INT", whenItSays: "The server accepts all")).MustExitWith(130);
        Assert.Contains("Release dify is at revision 1, deployed; this run had changed nothing", LastLine(early), StringComparison.Ordinal);

        (await BuildAsync("Upgrade", NewerTag)).MustExitWith(0);
        var rollback = (await Run.OfInterruptedAsync(Build("Rollback", null), "INT", whenItSays: "pod/dify-")).MustExitWith(130).MustSay("it has 2m0s to finish", "helm: Rollback was a success");
        Assert.Contains("Release dify is at revision 3, deployed; what this run had begun is completed by running it again", LastLine(rollback), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_upgrades_at_once_leave_one_winner_and_a_sound_release()
    {
        await InstallAsync();
        var runs = await Task.WhenAll(BuildAsync("Upgrade", NewerTag), BuildAsync("Upgrade", NewerTag));

        Assert.Contains(runs, run => run.ExitCode == 0);
        Assert.All(runs, run => Assert.True(run.ExitCode is 0 or 2, run.Text));
        foreach (var loser in runs.Where(run => run.ExitCode != 0))
            Assert.True(loser.Text.Contains("Another run works on the release: ", StringComparison.Ordinal), loser.Text);
        Assert.EndsWith("deployed", (await RevisionsAsync())[^1], StringComparison.Ordinal);
        await MustServeAsync("api", PromptsSha256);
    }

    [Fact]
    public async Task Json_stands_alone_on_standard_output()
    {
        await InstallAsync();
        var run = (await BuildAsync("Status", OlderTag, "--output", "json")).MustExitWith(0);
        using var status = JsonDocument.Parse(run.Output);
        Assert.Equal("Status", status.RootElement.GetProperty("target").GetString());
        Assert.Equal(1, status.RootElement.GetProperty("result").GetProperty("revision").GetInt32());
        Assert.All(status.RootElement.GetProperty("result").GetProperty("prompts").GetProperty("evidence").EnumerateArray(), row => Assert.Equal("proven", row.GetProperty("verdict").GetString()));
    }

    private static string LastLine(Run run) => run.Text.TrimEnd().Split('\n')[^1];
}
