using Xunit;

namespace DifyUpgrade.Scenarios.Harness;

/// <summary>A scenario in which an upgrade fails for a known cause: it is named, the evidence lies on disk, and no secret is in either.</summary>
/// <param name="cluster">The cluster it runs on.</param>
public abstract class FailingScenario(TestCluster cluster) : ClusterScenario(cluster)
{
    private const string Fast = """
        api: {replicas: 1, readinessProbe: {initialDelaySeconds: 1, periodSeconds: 1}, terminationGracePeriodSeconds: 2}
        worker: {replicas: 1, minReadySeconds: 0, terminationGracePeriodSeconds: 2}
        beat: {minReadySeconds: 0, terminationGracePeriodSeconds: 2}
        web: {replicas: 1, readinessProbe: {initialDelaySeconds: 0, periodSeconds: 1}, terminationGracePeriodSeconds: 2}

        """;

    private protected Task MustFailAsync(string values, params string[] says) => MustFailAsync(values, [], says);

    // A first installation fails as an upgrade does, and needs no working one before it.
    private protected async Task MustFailAsync(string values, string[] arguments, params string[] says)
    {
        Workspace.Write("values-fast.yaml", Fast);
        Workspace.Write("values-broken.yaml", values + "\n");
        var run = await BuildAsync("Upgrade", NewerTag, ["--install", "--config-map-drift", "apply", "--failure-grace", "3s", .. arguments]);
        var files = await MustLeaveEvidenceAsync(run.MustSay(says));
        Assert.Contains(files, file => file.Contains("workloads", StringComparison.Ordinal));
    }

    /// <summary>Fails unless the run ended as a deployment that failed: causes on the screen and in the report, evidence, no secret anywhere.</summary>
    /// <returns>The files of the evidence.</returns>
    private protected async Task<string[]> MustLeaveEvidenceAsync(Run run)
    {
        run.MustExitWith(1).MustSay("Evidence without secrets: artifacts/diagnosis/").MustNotSay(Workspace.Canary);
        Assert.InRange(Block(run.Output), 3, 15);
        Assert.NotEmpty(await CausesAsync());

        var files = Directory.GetFiles(Workspace.At("artifacts/diagnosis"), "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith("evidence.json", StringComparison.Ordinal));
        foreach (var file in files)
            Assert.DoesNotContain(Workspace.Canary, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        return files;
    }

    /// <summary>The short names of the causes that the last run reported.</summary>
    private protected async Task<string[]> CausesAsync() =>
        [.. (await ReportAsync()).GetProperty("causes").EnumerateArray().Select(cause => cause.GetProperty("name").GetString()!)];

    /// <summary>How many lines the block has that ends the run.</summary>
    private static int Block(string output)
    {
        var lines = output.Split('\n').SkipWhile(line => !line.StartsWith('✖'));
        return lines.TakeWhile(line => line.StartsWith('✖') || line.StartsWith("  ", StringComparison.Ordinal)).Count();
    }
}
