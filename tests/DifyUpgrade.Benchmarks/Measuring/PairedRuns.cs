namespace DifyUpgrade.Benchmarks.Measuring;

/// <summary>Runs both sides in turn: A B A B.</summary>
internal static class PairedRuns
{
    /// <summary>Measures a benchmark, after one pair that is not counted.</summary>
    /// <param name="benchmark">What to measure.</param>
    /// <param name="pairs">How many pairs count.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The times.</returns>
    public static async Task<Comparison> MeasureAsync(Benchmark benchmark, int pairs, TimeProvider time, CancellationToken cancellation)
    {
        List<double> ours = [];
        List<double> other = [];
        try
        {
            await benchmark.PrepareAsync(cancellation);
            for (var pair = 0; pair <= pairs; pair++)
            {
                ours.Add(await SecondsAsync(time, () => benchmark.RunOursAsync(2 * pair, cancellation)));
                other.Add(await SecondsAsync(time, () => benchmark.RunOtherAsync((2 * pair) + 1, cancellation)));
                Console.WriteLine(FormattableString.Invariant($"{benchmark.Name}, pair {pair} of {pairs}: {ours[^1]:f2} s, {other[^1]:f2} s{(pair == 0 ? " (not counted)" : "")}"));
            }
        }
        finally
        {
            await benchmark.CleanUpAsync();
        }

        return new Comparison(benchmark.Name, new Side(benchmark.Ours, ours[1..]), new Side(benchmark.Other, other[1..]));
    }

    private static async Task<double> SecondsAsync(TimeProvider time, Func<Task> run)
    {
        var begun = time.GetTimestamp();
        await run();
        return Math.Round(time.GetElapsedTime(begun).TotalSeconds, 3);
    }
}
