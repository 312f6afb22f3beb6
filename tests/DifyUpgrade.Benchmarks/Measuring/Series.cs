using System.Text.Json.Serialization;

namespace DifyUpgrade.Benchmarks.Measuring;

/// <summary>What one way of doing something came to, run by run.</summary>
/// <param name="Name">Whose way it is: <c>here</c>, <c>by hand</c>, …</param>
/// <param name="Command">What was run.</param>
/// <param name="Unit">Of the values.</param>
/// <param name="Values">Each counted run, in order.</param>
internal sealed record Series(string Name, string Command, string Unit, IReadOnlyList<double> Values)
{
    /// <summary>Whether it is this project's way.</summary>
    [JsonIgnore]
    public bool IsOurs => Name.StartsWith("here", StringComparison.Ordinal);

    /// <summary>The run in the middle.</summary>
    public double Median => MedianOf(Values);

    /// <summary>The smallest.</summary>
    public double Least => Values.Min();

    /// <summary>The largest.</summary>
    public double Most => Values.Max();

    /// <summary>How many runs count.</summary>
    public int Count => Values.Count;

    /// <summary>The value in the middle; between the two middle ones where their number is even.</summary>
    /// <param name="values">At least one.</param>
    /// <returns>The median.</returns>
    public static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>This over another, round by round, the one in the middle: a machine that grows slower meanwhile slows down both.</summary>
    /// <param name="other">Measured in the same rounds.</param>
    /// <returns>The ratio.</returns>
    public double Over(Series other) => MedianOf(Values.Zip(other.Values, (mine, others) => mine / others));
}
