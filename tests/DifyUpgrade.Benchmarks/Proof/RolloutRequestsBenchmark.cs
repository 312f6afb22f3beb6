using DifyUpgrade.Benchmarks.Clusters;
using DifyUpgrade.Benchmarks.Measuring;
using DifyUpgrade.Benchmarks.Sandbox;

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

    public override async Task<IReadOnlyList<Series>> MeasureAsync(Rounds rounds, CancellationToken cancellation) =>
    [
        .. await RollAsync(rounds, new Pace("quick", 100, 20), cancellation),
        .. await RollAsync(rounds, new Pace("slow", 25, 300), cancellation),
    ];

    // A sandbox for each: the events of an earlier rollout would take pages of a list.
    private async Task<IReadOnlyList<Series>> RollAsync(Rounds rounds, Pace pace, CancellationToken cancellation)
    {
        await using var sandbox = await SandboxProcess.StartAsync(settings, pace.Speed, cancellation);
        await using var release = new BenchmarkRelease(settings, sandbox.Address);
        release.SetValues("many.yaml", ManyPods.Values(Pods));
        await release.InstallAsync(cancellation);
        release.SetValues("many.yaml", ManyPods.Values(Pods, pace.ReadyAfter));
        release.Mark(1);
        using var run = InProcess.Of(settings, release, sandbox.Address);
        using var requests = new RequestCount();
        var seconds = await rounds.SecondsAsync(() => run.UpgradeAsync(cancellation));
        rounds.Say(FormattableString.Invariant($"{pace.Name}: {seconds:f1} s, {requests.Count} requests"));
        return
        [
            new Series(pace.Name, FormattableString.Invariant($"Upgrade, a pod is ready after {pace.ReadyAfter / pace.Speed:f1} s"), "s", [seconds]),
            new Series(pace.Name + " requests", "Upgrade, without helm's own", "requests", [requests.Count]),
        ];
    }

    private sealed record Pace(string Name, double Speed, int ReadyAfter);
}
