using DifyUpgrade.Benchmarks;
using DifyUpgrade.Benchmarks.Comparisons;
using DifyUpgrade.Benchmarks.Measuring;
using DifyUpgrade.Benchmarks.Reporting;

// Measures this project against what one would type in its place, in one run on one machine: ./build.sh Benchmark
using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupt.Cancel();
};

var settings = BenchmarkSettings.Read(args);
Benchmark[] benchmarks = [new HelpBenchmark(settings), new UpgradeBenchmark(settings)];
List<Comparison> results = [];
foreach (var benchmark in benchmarks)
{
    if (benchmark.WhyNot is { } reason)
        Console.WriteLine($"{benchmark.Name}: not measured, {reason}");
    else
        results.Add(await PairedRuns.MeasureAsync(benchmark, settings.Runs, TimeProvider.System, interrupt.Token));
}

var report = new Report(await Machine.LookAsync(settings, interrupt.Token), TimeProvider.System.GetUtcNow(), results);
await report.SaveAsync(settings.At("artifacts/benchmark.json"), interrupt.Token);
report.Show();
