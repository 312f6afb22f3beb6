using System.Diagnostics.CodeAnalysis;

namespace DifyUpgrade.Benchmarks.Measuring;

/// <summary>Runs benchmarks one after the other; never two at once.</summary>
/// <param name="rounds">Runs the rounds of each.</param>
/// <param name="progress">Told what is measured.</param>
internal sealed class Runner(Rounds rounds, TextWriter progress)
{
    /// <summary>Whether a benchmark failed.</summary>
    public bool Failed { get; private set; }

    /// <summary>Measures all of them.</summary>
    /// <param name="benchmarks">The benchmarks.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>A figure for each.</returns>
    public async Task<IReadOnlyList<Figure>> RunAsync(IEnumerable<Benchmark> benchmarks, CancellationToken cancellation)
    {
        List<Figure> figures = [];
        foreach (var benchmark in benchmarks)
        {
            await progress.WriteLineAsync($"{benchmark.Part}, {benchmark.Name}: {benchmark.Title}");
            var figure = await FigureAsync(benchmark, cancellation);
            if (figure.NotMeasured is { } reason)
                await progress.WriteLineAsync("  not measured: " + reason);
            figures.Add(figure);
        }

        return figures;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A benchmark that fails must not take the figures of the others with it; it is told in the report and in the exit code")]
    private async Task<Figure> FigureAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        try
        {
            if (await benchmark.WhyNotAsync(cancellation) is { } reason)
                return NotMeasured(benchmark, reason);
            var series = await benchmark.MeasureAsync(rounds, cancellation);
            return new Figure(benchmark.Part, benchmark.Name, benchmark.Title, series, [.. benchmark.Targets.Select(target => target.Judge(series))], null);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Failed = true;
            return NotMeasured(benchmark, $"it failed: {failure.GetType().Name}: {failure.Message}");
        }
    }

    private static Figure NotMeasured(Benchmark benchmark, string reason) =>
        new(benchmark.Part, benchmark.Name, benchmark.Title, [], [.. benchmark.Targets.Select(target => target.Judge(null))], reason);
}
