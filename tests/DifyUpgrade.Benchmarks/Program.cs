using DifyUpgrade.Benchmarks;
using DifyUpgrade.Benchmarks.Clusters;
using DifyUpgrade.Benchmarks.Measuring;
using DifyUpgrade.Benchmarks.Reporting;

// Measures this project, and beside it what one would type in its place, in one run on one machine: ./build.sh Benchmark
using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupt.Cancel();
};

var settings = BenchmarkSettings.Read(args);
await using var cluster = new RealCluster(settings);
try
{
    var chosen = Selection.Choose(Selection.All(settings, cluster), settings.Wanted);
    var runner = new Runner(new Rounds(settings.Runs, TimeProvider.System, Console.Out), Console.Out);
    var figures = await runner.RunAsync(chosen, interrupt.Token);
    var report = new Report(await Machine.LookAsync(settings, cluster.Found, interrupt.Token), TimeProvider.System.GetUtcNow(), figures);
    await report.SaveAsync(settings.At("artifacts"), interrupt.Token);
    Tables.Show(report);
    Console.WriteLine("All of it is in artifacts/benchmark.json, .md and .svg");
    return runner.Failed ? 1 : 0;
}
catch (ArgumentException misused)
{
    await Console.Error.WriteLineAsync(misused.Message);
    return 2;
}
catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
{
    return 130;
}
