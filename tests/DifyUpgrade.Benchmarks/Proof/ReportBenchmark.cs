using DifyUpgrade.Benchmarks.Measuring;
using DifyUpgrade.Reporting;
using DifyUpgrade.Reports;
using DifyUpgrade.Tests.Reports;

namespace DifyUpgrade.Benchmarks.Proof;

/// <summary>A report of more pods than anyone looks at one by one.</summary>
internal sealed class ReportBenchmark : Benchmark
{
    private const int Pods = 1000;

    public override string Part => "proof";

    public override string Name => "report";

    public override string Title => "the report of an upgrade of 1,000 pods, in all its forms";

    // The first time counts: a run writes one report, and then everything in it is new to the process.
    public override IReadOnlyList<Target> Targets { get; } =
    [
        new("the report written, the first time", Bound.AtMost, 2, "s", series => series[0].Most),
        new("all files of the report", Bound.AtMost, 5, "MiB", series => series[2].Most),
    ];

    public override async Task<IReadOnlyList<Series>> MeasureAsync(Rounds rounds, CancellationToken cancellation)
    {
        var root = Directory.CreateTempSubdirectory("dify-upgrade-benchmark-");
        try
        {
            var report = SampleReport.Upgrade(Pods);
            using var artifacts = new ArtifactFolders(root.FullName);
            var folder = new ReportFolder(artifacts);
            List<double> seconds = [];
            for (var round = 0; round <= rounds.Count; round++)
                seconds.Add(await rounds.SecondsAsync(() => Task.Run(() => folder.Write(report), cancellation)));
            var mebibytes = root.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1024.0 / 1024;
            rounds.Say(FormattableString.Invariant($"{seconds[0]:f2} s, then {Series.MedianOf(seconds[1..]):f2} s; {mebibytes:f1} MiB"));
            return
            [
                new Series("the first time", "page, data, JUnit and summary", "s", [seconds[0]]),
                new Series("once more", "page, data, JUnit and summary", "s", seconds[1..]),
                new Series("files", "all of artifacts/report", "MiB", [Math.Round(mebibytes, 2)]),
            ];
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
