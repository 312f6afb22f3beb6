using DifyUpgrade.Benchmarks.Clusters;
using DifyUpgrade.Benchmarks.Measuring;
using DifyUpgrade.Benchmarks.Sandbox;

namespace DifyUpgrade.Benchmarks.Proof;

/// <summary>The mounted file of more pods than a cluster of ours could hold.</summary>
/// <param name="settings">Name the tools.</param>
internal sealed class MountsOnSandboxBenchmark(BenchmarkSettings settings) : Benchmark
{
    private static readonly int[] Sizes = [500, 1000, 2000];

    public override string Part => "proof";

    public override string Name => "many-mounts";

    public override string Title => "the mounted file read back from 500, 1,000 and 2,000 sandbox pods";

    public override IReadOnlyList<Target> Targets { get; } =
    [
        new("pods a second, of 2,000, the whole command", Bound.AtLeast, 500, "pods/s", series => Sizes[^1] / series[2].Median),
        new("time for each further pod, 1,000 to 2,000 against 500 to 1,000", Bound.AtMost, 1.5, "times", Linearity),
        new("memory of the build", Bound.AtMost, 512, "MiB", series => series[3].Most),
    ];

    public override async Task<IReadOnlyList<Series>> MeasureAsync(Rounds rounds, CancellationToken cancellation)
    {
        await using var sandbox = await SandboxProcess.StartAsync(settings, 100, cancellation);
        await using var release = new BenchmarkRelease(settings, sandbox.Address);
        await release.InstallAsync(cancellation);
        List<Series> series = [];
        List<double> mebibytes = [];
        foreach (var size in Sizes)
        {
            release.SetValues("many.yaml", ManyPods.Values(size - 3));
            await release.HelmAsync("upgrade", [], cancellation);
            await release.KubectlAsync(["rollout", "status", "deployment/dify-api", "--timeout", "5m"], cancellation);
            var verify = new Way($"{size:n0} pods", "./build.sh VerifyMount", async (_, token) => mebibytes.Add((await release.BuildAsync("VerifyMount", [], token)).PeakMebibytes));
            series.AddRange(await rounds.MeasureAsync([verify], cancellation));
        }

        return [.. series, new Series("memory", "the build's most resident memory", "MiB", [.. mebibytes.Select(value => Math.Round(value))])];
    }

    private static double Linearity(IReadOnlyList<Series> series) =>
        ((series[2].Median - series[1].Median) / (Sizes[2] - Sizes[1])) / ((series[1].Median - series[0].Median) / (Sizes[1] - Sizes[0]));
}
