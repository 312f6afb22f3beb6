using DifyUpgrade.Benchmarks.Clusters;
using DifyUpgrade.Benchmarks.Measuring;

namespace DifyUpgrade.Benchmarks.Sandbox;

/// <summary>A rollout that no laptop could hold for real.</summary>
/// <param name="settings">Name the tools.</param>
internal sealed class ThousandPodsBenchmark(BenchmarkSettings settings) : Benchmark
{
    private const int Pods = 1000;

    // It takes long, and each run is a thousand runs of a pod.
    private const int MostRuns = 3;

    public override string Part => "sandbox";

    public override string Name => "pods";

    public override string Title => "1,000 pods of the chart's api rolled in the sandbox at speed 100";

    public override IReadOnlyList<Target> Targets { get; } =
    [
        new("1,000 pods rolled at speed 100", Bound.AtMost, 30, "s", series => series[0].Median),
        new("memory of the sandbox", Bound.AtMost, 1024, "MiB", series => series[1].Most),
    ];

    public override async Task<IReadOnlyList<Series>> MeasureAsync(Rounds rounds, CancellationToken cancellation)
    {
        await using var sandbox = await SandboxProcess.StartAsync(settings, 100, cancellation);
        await using var release = new BenchmarkRelease(settings, sandbox.Address);
        release.SetValues("many.yaml", ManyPods.Values(Pods));
        await release.InstallAsync(cancellation);

        List<double> seconds = [];
        List<double> mebibytes = [];
        for (var run = 1; run <= Math.Min(rounds.Count, MostRuns); run++)
        {
            release.Mark(run);
            seconds.Add(await rounds.SecondsAsync(() => RollAsync(release, cancellation)));
            mebibytes.Add(Math.Round(sandbox.PeakMebibytes));
            rounds.Say(FormattableString.Invariant($"{run}: {seconds[^1]:f1} s, {mebibytes[^1]:f0} MiB"));
        }

        return
        [
            new Series("here", "helm upgrade; kubectl rollout status deployment/dify-api", "s", seconds),
            new Series("memory", "the sandbox's most resident memory so far", "MiB", mebibytes),
        ];
    }

    private static async Task RollAsync(BenchmarkRelease release, CancellationToken cancellation)
    {
        await release.HelmAsync("upgrade", [], cancellation);
        await release.KubectlAsync(["rollout", "status", "deployment/dify-api", "--timeout", "5m"], cancellation);
    }
}
