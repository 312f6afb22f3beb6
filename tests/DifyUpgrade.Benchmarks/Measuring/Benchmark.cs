namespace DifyUpgrade.Benchmarks.Measuring;

/// <summary>Something this project does, and what one would type in its place.</summary>
internal abstract class Benchmark
{
    /// <summary>What is measured.</summary>
    public abstract string Name { get; }

    /// <summary>The project's way, as it is typed.</summary>
    public abstract string Ours { get; }

    /// <summary>The other way, as it is typed.</summary>
    public abstract string Other { get; }

    /// <summary>Why it cannot be measured here; null if it can.</summary>
    public virtual string? WhyNot => null;

    /// <summary>What comes before the first run and is not counted.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>When done.</returns>
    public virtual Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>One run of ours.</summary>
    /// <param name="run">Counts the runs of both sides.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>When done.</returns>
    public abstract Task RunOursAsync(int run, CancellationToken cancellation);

    /// <summary>One run of the other.</summary>
    /// <param name="run">Counts the runs of both sides.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>When done.</returns>
    public abstract Task RunOtherAsync(int run, CancellationToken cancellation);

    /// <summary>Takes away what the runs left, whatever became of them.</summary>
    /// <returns>When done.</returns>
    public virtual Task CleanUpAsync() => Task.CompletedTask;
}
