using System.Text.Json.Serialization;

namespace DifyUpgrade.Benchmarks.Measuring;

/// <summary>One side of a comparison.</summary>
/// <param name="Command">What was run.</param>
/// <param name="Seconds">Wall time of each counted run, in order.</param>
internal sealed record Side(string Command, IReadOnlyList<double> Seconds)
{
    /// <summary>The run in the middle.</summary>
    public double Median => MedianOf(Seconds);

    /// <summary>The fastest run.</summary>
    public double Fastest => Seconds.Min();

    /// <summary>The slowest run.</summary>
    public double Slowest => Seconds.Max();

    /// <summary>The value in the middle; between the two middle ones where their number is even.</summary>
    /// <param name="values">At least one.</param>
    /// <returns>The median.</returns>
    public static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>What a benchmark came to.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ours">The project.</param>
/// <param name="Other">What one would type in its place.</param>
internal sealed record Comparison(string Name, Side Ours, Side Other)
{
    /// <summary>Ours over other, pair by pair, the one in the middle: a machine that grows slower meanwhile slows down both.</summary>
    public double Ratio => Side.MedianOf(Ours.Seconds.Zip(Other.Seconds, (ours, other) => ours / other));

    /// <summary>The ratio in words.</summary>
    [JsonIgnore]
    public string RatioText => Ratio < 0.5
        ? FormattableString.Invariant($"{1 / Ratio:f1} times faster")
        : FormattableString.Invariant($"{Ratio:f2} times the time");
}
