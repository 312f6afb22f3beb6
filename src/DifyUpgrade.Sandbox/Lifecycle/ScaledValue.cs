using System.Globalization;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>A count that may be given as a percentage, as <c>IntOrString</c> is.</summary>
internal static class ScaledValue
{
    /// <summary>The count.</summary>
    /// <param name="value">A number, or a text such as <c>25%</c>.</param>
    /// <param name="total">What a percentage is of.</param>
    /// <param name="roundUp">Which way a percentage is rounded.</param>
    public static int Of(JsonNode? value, int total, bool roundUp)
    {
        if (value.Number() is { } plain)
            return (int)plain;
        if (value.Text() is not { } words)
            return 0;
        if (!int.TryParse(words.TrimEnd('%'), CultureInfo.InvariantCulture, out var count) || !words.EndsWith('%'))
            return count;
        var exact = count * total / 100.0;
        return (int)(roundUp ? Math.Ceiling(exact) : Math.Floor(exact));
    }
}
