namespace DifyUpgrade.Benchmarks.Measuring;

/// <summary>Something this project does and, where there is one, what one would type in its place.</summary>
internal abstract class Benchmark
{
    /// <summary>The part of the project: <c>engine</c>, <c>sandbox</c> or <c>proof</c>.</summary>
    public abstract string Part { get; }

    /// <summary>One word for it.</summary>
    public abstract string Name { get; }

    /// <summary>What is measured, in words.</summary>
    public abstract string Title { get; }

    /// <summary>What the figures are to be.</summary>
    public abstract IReadOnlyList<Target> Targets { get; }

    /// <summary>Asked before it is measured.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Why it cannot be measured here; null if it can.</returns>
    public virtual Task<string?> WhyNotAsync(CancellationToken cancellation) => Task.FromResult<string?>(null);

    /// <summary>Measures it and takes away what it left, whatever became of it.</summary>
    /// <param name="rounds">Runs the rounds.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The runs of each way, in the order that the targets expect.</returns>
    public abstract Task<IReadOnlyList<Series>> MeasureAsync(Rounds rounds, CancellationToken cancellation);
}
