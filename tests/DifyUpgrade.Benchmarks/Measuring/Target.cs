using System.Text.Json.Serialization;

namespace DifyUpgrade.Benchmarks.Measuring;

/// <summary>What a figure is to be.</summary>
/// <param name="What">What the number says.</param>
/// <param name="Bound">On which side of the limit it is to lie.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Unit">Of the limit and the number.</param>
/// <param name="Of">Takes the number from what was measured.</param>
internal sealed record Target(string What, Bound Bound, double Limit, string Unit, Func<IReadOnlyList<Series>, double> Of)
{
    /// <summary>Holds what was measured against the target.</summary>
    /// <param name="series">What was measured; null if nothing was.</param>
    /// <returns>The verdict: what was not measured is never met.</returns>
    public Verdict Judge(IReadOnlyList<Series>? series)
    {
        if (series is null)
            return new Verdict(What, Bound, Limit, Unit, null, Outcome.NotMeasured);
        var value = Of(series);
        var met = Bound == Bound.AtMost ? value <= Limit : value >= Limit;
        return new Verdict(What, Bound, Limit, Unit, Math.Round(value, 4), met ? Outcome.Met : Outcome.Missed);
    }
}

/// <summary>On which side of its limit a number is to lie.</summary>
internal enum Bound
{
    /// <summary>The less the better.</summary>
    AtMost,

    /// <summary>The more the better.</summary>
    AtLeast,
}

/// <summary>What became of a target.</summary>
internal enum Outcome
{
    /// <summary>It is reached.</summary>
    [JsonStringEnumMemberName("met")]
    Met,

    /// <summary>It is not reached.</summary>
    [JsonStringEnumMemberName("missed")]
    Missed,

    /// <summary>Nobody knows.</summary>
    [JsonStringEnumMemberName("not measured")]
    NotMeasured,
}

/// <summary>A target, and what was measured of it.</summary>
/// <param name="What">What the number says.</param>
/// <param name="Bound">On which side of the limit it is to lie.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Unit">Of the limit and the number.</param>
/// <param name="Value">The number; null if it was not measured.</param>
/// <param name="Outcome">What became of it.</param>
internal sealed record Verdict(string What, Bound Bound, double Limit, string Unit, double? Value, Outcome Outcome);
