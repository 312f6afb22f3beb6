using System.Globalization;

namespace DifyUpgrade.Benchmarks.Reporting;

/// <summary>Numbers as people read them.</summary>
internal static class Numbers
{
    /// <summary>Three digits that say something, and the unit.</summary>
    /// <param name="value">The number.</param>
    /// <param name="unit">Its unit, or nothing.</param>
    /// <returns>Such as <c>0.154 s</c>.</returns>
    public static string Text(double value, string unit)
    {
        var format = Math.Abs(value) switch
        {
            _ when double.IsInteger(value) => "n0",
            < 1 => "0.###",
            < 10 => "0.##",
            < 100 => "0.#",
            _ => "n0",
        };
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}".TrimEnd();
    }
}
