using System.Globalization;
using System.Text.RegularExpressions;

namespace DifyUpgrade.Parameters;

/// <summary>Durations as helm and kubectl write them: numbers with units, <c>1h30m</c>, <c>90s</c>, <c>1.5m</c>.</summary>
internal static partial class HelmDuration
{
    /// <summary>Reads a duration.</summary>
    /// <param name="text">What was typed.</param>
    /// <returns>The duration, or null when it is none, is shorter than a millisecond or is longer than a day.</returns>
    public static TimeSpan? Parse(string text)
    {
        var match = Duration().Match(text);
        if (!match.Success)
            return null;

        var seconds = 0.0;
        for (var i = 0; i < match.Groups["number"].Captures.Count; i++)
        {
            var number = double.Parse(match.Groups["number"].Captures[i].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            seconds += number * SecondsPer(match.Groups["unit"].Captures[i].Value);
        }

        return seconds is >= 0.001 and <= 86_400 ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static double SecondsPer(string unit) => unit switch
    {
        "h" => 3600,
        "m" => 60,
        "s" => 1,
        _ => 0.001,
    };

    [GeneratedRegex(@"\A(?:(?<number>[0-9]+(?:\.[0-9]+)?)(?<unit>ms|h|m|s))+\z")]
    private static partial Regex Duration();
}
