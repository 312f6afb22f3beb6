using DifyUpgrade.Benchmarks.Clusters;
using DifyUpgrade.Benchmarks.Measuring;
using DifyUpgrade.Benchmarks.Sandbox;
using DifyUpgrade.Parameters;
using DifyUpgrade.Reporting;
using Serilog.Core;

namespace DifyUpgrade.Benchmarks.Proof;

/// <summary>How many requests it takes to follow a rollout: a watch costs none while it waits.</summary>
/// <param name="settings">Name the tools.</param>
internal sealed class RolloutRequestsBenchmark(BenchmarkSettings settings) : Benchmark
{
    private const int Pods = 1000;

    public override string Part => "proof";

    public override string Name => "requests";

    public override string Title => "requests of an upgrade of 1,000 sandbox pods, quick and slow";

    public override IReadOnlyList<Target> Targets { get; } =
    [
        new("requests of the slow rollout against the quick one", Bound.AtMost, 1.1, "times", series => series[3].Median / series[1].Median),
    ];

    public override async Task<IReadOnlyList<Series>> MeasureAsync(Rounds rounds, CancellationToken cancellation)
    {
        await using var sandbox = await SandboxProcess.StartAsync(settings, 100, cancellation);
        await using var release = new BenchmarkRelease(settings, sandbox.Address);
        release.SetValues("many.yaml", ManyPods.Values(Pods));
        await release.InstallAsync(cancellation);
        List<Series> series = [];
        foreach (var (name, readyAfter, run) in ((string, int, int)[])[("quick", 20, 1), ("slow", 300, 2)])
        {
            release.SetValues("many.yaml", ManyPods.Values(Pods, readyAfter));
            release.Mark(run);
            using var requests = new RequestCount();
            var seconds = await rounds.SecondsAsync(() => UpgradeAsync(release, sandbox.Address, cancellation));
            rounds.Say(FormattableString.Invariant($"{name}: {seconds:f1} s, {requests.Count} requests"));
            series.Add(new Series(name, "Upgrade, a pod is ready after " + readyAfter + " s of pod time", "s", [seconds]));
            series.Add(new Series(name + " requests", "Upgrade, without helm's own", "requests", [requests.Count]));
        }

        return series;
    }

    // In this process, where requests can be counted.
    private Task UpgradeAsync(BenchmarkRelease release, ClusterAddress address, CancellationToken cancellation)
    {
        var inputs = new DeploymentInputs
        {
            RootFolder = settings.Root,
            Release = "dify",
            Namespace = release.Namespace,
            Chart = "charts/dify",
            ValuesFiles = release.ValuesFiles,
            PromptFiles = ["prompts.py=custom-configs/prompts.py"],
            ConfigMapName = "dify-prompts",
            Timeout = "10m",
            Kubeconfig = address.Kubeconfig,
            KubeContext = address.Context,
            Helm = settings.Helm,
        };
#pragma warning disable CA2000 // Only files with secrets are deleted with it, and here helm reads the values where they are.
        return new Deployment(inputs, Logger.None, new ResultLines(null), TimeProvider.System).UpgradeAsync(cancellation);
#pragma warning restore CA2000
    }
}
