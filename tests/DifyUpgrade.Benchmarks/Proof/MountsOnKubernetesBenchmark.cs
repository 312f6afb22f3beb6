using DifyUpgrade.Benchmarks.Clusters;
using DifyUpgrade.Benchmarks.Engine;
using DifyUpgrade.Benchmarks.Measuring;

namespace DifyUpgrade.Benchmarks.Proof;

/// <summary>The mounted file of 40 real pods, read here and by hand.</summary>
/// <param name="settings">Name the tools.</param>
/// <param name="cluster">Where.</param>
internal sealed class MountsOnKubernetesBenchmark(BenchmarkSettings settings, RealCluster cluster) : Benchmark
{
    private const string Pods = "{{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}} -c {{.metadata.labels.component}}{{\"\\n\"}}{{end}}{{end}}";

    public override string Part => "proof";

    public override string Name => "mounts";

    public override string Title => "the mounted file read back from 40 pods on real Kubernetes";

    public override IReadOnlyList<Target> Targets { get; } =
    [
        new("faster than kubectl exec one by one, as a part of Upgrade", Bound.AtLeast, 3, "times", series => series[2].Over(series[0])),
        new("faster than the best of 4, 8, 16 kubectl exec at a time, as a part of Upgrade", Bound.AtLeast, 1.5, "times", series => series.Skip(3).Min(parallel => parallel.Over(series[0]))),
    ];

    public override Task<string?> WhyNotAsync(CancellationToken cancellation) => cluster.StartAsync(cancellation);

    public override async Task<IReadOnlyList<Series>> MeasureAsync(Rounds rounds, CancellationToken cancellation)
    {
        await using var release = new BenchmarkRelease(settings, cluster.Address);
        release.SetValues("fast.yaml", UpgradeBenchmark.Fast);
        release.SetValues("forty.yaml", "api: {replicas: 20}\nworker: {replicas: 19}\n");
        await release.InstallAsync(cancellation);
        Way[] byHand =
        [
            .. ((int[])[1, 4, 8, 16]).Select(atATime => new Way(
                atATime == 1 ? "one by one" : $"{atATime} at a time",
                $"kubectl get pods | xargs -P {atATime} kubectl exec … -- cat",
                (_, token) => release.BashAsync(ByHand(release, atATime), token))),
        ];

        // The first stage of a run reads the local files and renders the chart; after it VerifyMount is what it is at the end of Upgrade.
        using var run = InProcess.Of(settings, release, cluster.Address);
        await run.ValidateConfigMapAsync(cancellation);
        Way[] here =
        [
            new Way("here, in Upgrade", "VerifyMount", (_, token) => run.VerifyMountAsync(token)),

            // It also starts a program, reads the values and renders the chart, for which there is nothing by hand: shown, not held against it.
            new Way("here, by itself", "./build.sh VerifyMount", (_, token) => release.BuildAsync("VerifyMount", [], token)),
        ];
        return await rounds.MeasureAsync([.. here, .. byHand], cancellation);
    }

    private static string ByHand(BenchmarkRelease release, int atATime) =>
        $"{release.KubectlLine} get pods -l 'component in (api, worker, beat)' -o go-template='{Pods}'"
        + $" | xargs -P {atATime} -I POD sh -c \"{release.KubectlLine} exec POD -- cat /app/api/core/llm_generator/prompts.py >/dev/null\"";
}
