using System.Text.Json;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary><c>--rollback-on-failure</c>: the evidence first, then the rollback, and both in the report.</summary>
public abstract class RollbackOnFailureScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    [Fact]
    public async Task A_failed_upgrade_is_rolled_back_when_asked_for_with_its_evidence_kept_first()
    {
        await InstallAsync();
        var first = PromptsSha256;
        await File.AppendAllTextAsync(Workspace.Prompts, "\nraise RuntimeError('these prompts crash')\n", TestContext.Current.CancellationToken);

        (await BuildAsync("Upgrade", NewerTag, "--config-map-drift", "apply", "--rollback-on-failure"))
            .MustExitWith(1)
            .MustSay("these prompts crash", "going back because of --rollback-on-failure", "Revision 1 was proven with prompts revision 1", "It was rolled back: revision 3 is revision 1 again, with its prompts, in every pod");
        Assert.Equal(["1 superseded", "2 failed", "3 deployed"], await RevisionsAsync());
        foreach (var component in (string[])["api", "worker", "beat"])
            await MustServeAsync(component, first);
        var kept = await Task.WhenAll(Directory.GetFiles(Workspace.At("artifacts/diagnosis"), "*", SearchOption.AllDirectories).Select(file => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)));
        Assert.Contains(kept, text => text.Contains("these prompts crash", StringComparison.Ordinal));
        await MustReportAsync("Upgrade failed, rolled back to revision 1", "these prompts crash");
    }

    [Fact]
    public async Task An_upgrade_whose_pods_then_serve_something_else_is_rolled_back_with_the_refutation_kept_first()
    {
        await InstallAsync();
        var first = PromptsSha256;
        await File.AppendAllTextAsync(Workspace.Prompts, "\n# by hand\n", TestContext.Current.CancellationToken);
        var second = PromptsSha256;

        // Somebody wrote the ConfigMap and restarted nothing; the template stays the same, so helm restarts nothing either.
        await AskAsync("patch", "configmap", "dify-prompts", "--type=merge", "--patch", JsonSerializer.Serialize(new { data = new Dictionary<string, string> { ["prompts.py"] = await File.ReadAllTextAsync(Workspace.Prompts, TestContext.Current.CancellationToken) } }));
        (await BuildAsync("Upgrade", OlderTag, "--rollback-on-failure"))
            .MustExitWith(1)
            .MustSay("REFUTED: the pod serves other content", "going back because of --rollback-on-failure", "It was rolled back: revision 3 is revision 1 again, with its prompts, in every pod");
        Assert.Equal(["1 superseded", "2 superseded", "3 deployed"], await RevisionsAsync());
        await MustServeAsync("worker", first);
        Assert.Contains("the pod serves other content", await File.ReadAllTextAsync(Workspace.At("artifacts/diagnosis/summary.txt"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await MustReportAsync("VerifyMount failed, rolled back to revision 1", "Mounted files before the rollback: 0 of 5 proven");
        var before = (await ReportAsync()).GetProperty("evidenceBeforeRollback").EnumerateArray().ToList();
        Assert.Equal(5, before.Count);
        Assert.All(before, row => Assert.Equal((second, first, "refuted"), (row.GetProperty("expectedSha256").GetString(), row.GetProperty("seenSha256").GetString(), row.GetProperty("verdict").GetString())));
    }

    // The failure and the rollback, in each form of the report.
    private async Task MustReportAsync(string title, string detail)
    {
        var report = await ReportAsync();
        Assert.Equal(("failed", 3), (report.GetProperty("outcome").GetString(), report.GetProperty("release").GetProperty("revision").GetInt32()));
        Assert.Equal((2, 1, 3, true), (Rollback("from").GetInt32(), Rollback("to").GetInt32(), Rollback("revision").GetInt32(), Rollback("proven").GetBoolean()));
        Assert.Contains(report.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("severity").GetString() == "error");
        Assert.All(report.GetProperty("evidence").EnumerateArray(), row => Assert.Equal("proven", row.GetProperty("verdict").GetString()));
        foreach (var form in (string[])["summary.md", "index.html"])
        {
            var text = await File.ReadAllTextAsync(Workspace.At("artifacts/report/" + form), TestContext.Current.CancellationToken);
            Assert.All([title, "Rollback after the failure", "Revision 3 is revision 1 again, after revision 2", "every mounted file was proven after it"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        }

        Assert.Contains(detail, await File.ReadAllTextAsync(Workspace.At("artifacts/report/summary.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        JsonElement Rollback(string field) => report.GetProperty("rollback").GetProperty(field);
    }
}
