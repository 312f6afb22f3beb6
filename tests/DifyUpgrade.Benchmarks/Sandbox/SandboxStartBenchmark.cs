using DifyUpgrade.Benchmarks.Clusters;
using DifyUpgrade.Benchmarks.Measuring;

namespace DifyUpgrade.Benchmarks.Sandbox;

/// <summary>How long one waits for an embedded Kubernetes.</summary>
/// <param name="settings">Name the program.</param>
internal sealed class SandboxStartBenchmark(BenchmarkSettings settings) : Benchmark
{
    public override string Part => "sandbox";

    public override string Name => "up";

    public override string Title => "a sandbox's process starts in an empty folder and answers its first request";

    public override IReadOnlyList<Target> Targets { get; } = [new("process to first answered request", Bound.AtMost, 0.6, "s", series => series[0].Median)];

    public override async Task<IReadOnlyList<Series>> MeasureAsync(Rounds rounds, CancellationToken cancellation)
    {
        List<double> seconds = [];
        for (var round = 0; round <= rounds.Count; round++)
        {
            SandboxProcess? sandbox = null;
            seconds.Add(await rounds.SecondsAsync(async () => sandbox = await SandboxProcess.StartAsync(settings, 10, cancellation)));
            await sandbox!.DisposeAsync();
        }

        rounds.Say(string.Join(", ", seconds.Select(value => FormattableString.Invariant($"{value:f2} s"))) + " (the first is not counted)");
        return [new Series("here", "DifyUpgrade.Sandbox serve", "s", seconds[1..])];
    }
}
