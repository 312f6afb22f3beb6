using DifyUpgrade.Benchmarks.Clusters;
using DifyUpgrade.Benchmarks.Measuring;

namespace DifyUpgrade.Benchmarks.Sandbox;

/// <summary>What a rehearsal takes: real helm and the production values, with their probes and waits.</summary>
/// <param name="settings">Name the tools.</param>
internal sealed class HelmWaitBenchmark(BenchmarkSettings settings) : Benchmark
{
    public override string Part => "sandbox";

    public override string Name => "helm";

    public override string Title => "helm upgrade --wait of the whole chart in the sandbox at speed 10, every pod replaced";

    public override IReadOnlyList<Target> Targets { get; } = [new("helm upgrade --wait at speed 10", Bound.AtMost, 5, "s", series => series[0].Median)];

    public override async Task<IReadOnlyList<Series>> MeasureAsync(Rounds rounds, CancellationToken cancellation)
    {
        await using var sandbox = await SandboxProcess.StartAsync(settings, 10, cancellation);
        await using var release = new BenchmarkRelease(settings, sandbox.Address);
        await release.InstallAsync(cancellation);
        return await rounds.MeasureAsync([new Way("here", "helm upgrade dify charts/dify --wait -f …", (run, token) => UpgradeAsync(release, run, token))], cancellation);
    }

    private static async Task UpgradeAsync(BenchmarkRelease release, int run, CancellationToken cancellation)
    {
        release.Mark(run);
        await release.HelmAsync("upgrade", ["--wait", "--timeout", "5m"], cancellation);
    }
}
