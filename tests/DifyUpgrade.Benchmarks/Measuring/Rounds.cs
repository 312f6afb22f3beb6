namespace DifyUpgrade.Benchmarks.Measuring;

/// <summary>One way of doing something.</summary>
/// <param name="Name">Whose way it is.</param>
/// <param name="Command">What is run.</param>
/// <param name="RunAsync">Runs it; the number counts the runs of all ways.</param>
internal sealed record Way(string Name, string Command, Func<int, CancellationToken, Task> RunAsync);

/// <summary>Runs several ways in turn, A B A B: what slows the machine down meanwhile slows down all of them.</summary>
/// <param name="count">How many rounds count.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Told of every run.</param>
internal sealed class Rounds(int count, TimeProvider time, TextWriter progress)
{
    /// <summary>How many rounds count.</summary>
    public int Count => count;

    /// <summary>Measures wall times, after a first round that is not counted.</summary>
    /// <param name="ways">What to run, in turn.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The seconds of each way.</returns>
    public async Task<IReadOnlyList<Series>> MeasureAsync(IReadOnlyList<Way> ways, CancellationToken cancellation)
    {
        List<double>[] seconds = [.. ways.Select(_ => new List<double>())];
        for (var round = 0; round <= count; round++)
        {
            for (var way = 0; way < ways.Count; way++)
                seconds[way].Add(await SecondsAsync(() => ways[way].RunAsync((round * ways.Count) + way, cancellation)));
            var times = ways.Select((way, i) => FormattableString.Invariant($"{way.Name} {seconds[i][^1]:f2} s"));
            Say($"{(round == 0 ? "not counted" : $"{round} of {count}")}: {string.Join(", ", times)}");
        }

        return [.. ways.Select((way, i) => new Series(way.Name, way.Command, "s", seconds[i][1..]))];
    }

    /// <summary>Measures one run.</summary>
    /// <param name="run">What to run.</param>
    /// <returns>Its wall time in seconds.</returns>
    public async Task<double> SecondsAsync(Func<Task> run)
    {
        var begun = time.GetTimestamp();
        await run();
        return Math.Round(time.GetElapsedTime(begun).TotalSeconds, 4);
    }

    /// <summary>Says how far it is.</summary>
    /// <param name="line">The line.</param>
    public void Say(string line) => progress.WriteLine("  " + line);
}
