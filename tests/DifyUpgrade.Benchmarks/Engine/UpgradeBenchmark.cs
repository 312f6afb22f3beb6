using DifyUpgrade.Benchmarks.Clusters;
using DifyUpgrade.Benchmarks.Measuring;

namespace DifyUpgrade.Benchmarks.Engine;

/// <summary>A whole upgrade that replaces every pod of the release, against the page of commands that it stands for.</summary>
/// <param name="settings">Name the tools.</param>
/// <param name="cluster">Where.</param>
internal sealed class UpgradeBenchmark(BenchmarkSettings settings, RealCluster cluster) : Benchmark
{
    /// <summary>Production waits 20 s for readiness, which would hide every difference. The same probes on both sides.</summary>
    public const string Fast = """
        api: {readinessProbe: {initialDelaySeconds: 1, periodSeconds: 1}, terminationGracePeriodSeconds: 2}
        worker: {minReadySeconds: 0, terminationGracePeriodSeconds: 2}
        beat: {minReadySeconds: 0, terminationGracePeriodSeconds: 2}
        web: {readinessProbe: {initialDelaySeconds: 0, periodSeconds: 1}, terminationGracePeriodSeconds: 2}
        """;

    private const string PodNames = "{{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}} {{end}}{{end}}";

    public override string Part => "engine";

    public override string Name => "upgrade";

    public override string Title => "a whole upgrade on real Kubernetes that replaces every pod";

    public override IReadOnlyList<Target> Targets { get; } =
    [
        new("the time of the same commands typed by hand", Bound.AtMost, 1.10, "times", series => series[0].Over(series[1])),
    ];

    public override Task<string?> WhyNotAsync(CancellationToken cancellation) => cluster.StartAsync(cancellation);

    public override async Task<IReadOnlyList<Series>> MeasureAsync(Rounds rounds, CancellationToken cancellation)
    {
        await using var release = new BenchmarkRelease(settings, cluster.Address);
        release.SetValues("fast.yaml", Fast);
        await release.InstallAsync(cancellation);
        return await rounds.MeasureAsync(
            [
                new Way("here", "./build.sh Upgrade", (run, token) => UpgradeAsync(release, run, token)),
                new Way("by hand", "kubectl get, describe; helm template, upgrade --dry-run, upgrade --wait; kubectl exec in every pod", (run, token) => ByHandAsync(release, run, token)),
            ],
            cancellation);
    }

    private static async Task UpgradeAsync(BenchmarkRelease release, int run, CancellationToken cancellation)
    {
        release.Mark(run);
        await release.BuildAsync("Upgrade", [], cancellation);
    }

    private static async Task ByHandAsync(BenchmarkRelease release, int run, CancellationToken cancellation)
    {
        release.Mark(run);
        await release.KubectlAsync(["get", "configmap", "dify-prompts", "-o", "yaml"], cancellation);
        await release.KubectlAsync(["describe", "configmap", "dify-prompts"], cancellation);
        await release.HelmAsync("template", [], cancellation);
        await release.HelmAsync("upgrade", ["--dry-run", "--debug"], cancellation);
        await release.HelmAsync("upgrade", ["--wait", "--timeout", "10m"], cancellation);
        foreach (var component in (string[])["api", "worker", "beat"])
        {
            var pods = await release.KubectlAsync(["get", "pods", "-l", "component=" + component, "-o", "go-template=" + PodNames], cancellation);
            foreach (var pod in pods.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                await ReadAsync(release, pod, component, cancellation);
        }
    }

    // helm may return while old pods serve: one that ends before its turn is no reason to throw the run away.
    private static async Task ReadAsync(BenchmarkRelease release, string pod, string component, CancellationToken cancellation)
    {
        try
        {
            await release.KubectlAsync(["exec", pod, "-c", component, "--", "cat", "/app/api/core/llm_generator/prompts.py"], cancellation);
        }
        catch (InvalidOperationException gone) when (gone.Message.Contains("not found", StringComparison.Ordinal))
        {
        }
    }
}
