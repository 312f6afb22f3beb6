using System.Globalization;
using System.Text.RegularExpressions;

namespace DifyUpgrade.Helm;

/// <summary>A helm version; pre-release and build parts are dropped, as no flag depends on them.</summary>
/// <param name="Major">The major version.</param>
/// <param name="Minor">The minor version.</param>
/// <param name="Patch">The patch version.</param>
internal sealed partial record HelmVersion(int Major, int Minor, int Patch) : IComparable<HelmVersion>
{
    /// <summary>The oldest helm this project drives.</summary>
    public static HelmVersion Minimum { get; } = new(3, 10, 0);

    public static bool operator <(HelmVersion left, HelmVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(HelmVersion left, HelmVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(HelmVersion left, HelmVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(HelmVersion left, HelmVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Reads what <c>helm version --short</c> prints, such as <c>v3.10.1+g9f88ccb</c>.</summary>
    /// <param name="text">The version, with or without the leading v.</param>
    /// <returns>The version.</returns>
    /// <exception cref="FormatException">The text is not a helm version.</exception>
    public static HelmVersion Parse(string text) =>
        TryParse(text) ?? throw new FormatException($"\"{text}\" is not a helm version such as v3.10.1+g9f88ccb");

    /// <summary>Reads what <c>helm version --short</c> prints.</summary>
    /// <param name="text">The version, with or without the leading v.</param>
    /// <returns>The version; null when the text is something else.</returns>
    public static HelmVersion? TryParse(string text)
    {
        var match = Pattern().Match(text.Trim());
        if (!match.Success)
            return null;

        var numbers = new int[3];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!int.TryParse(match.Groups[i + 1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        }

        return new HelmVersion(numbers[0], numbers[1], numbers[2]);
    }

    /// <inheritdoc/>
    public int CompareTo(HelmVersion? other) =>
        other is null ? 1 : (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor}.{Patch}";

    [GeneratedRegex(@"^v?([0-9]+)\.([0-9]+)\.([0-9]+)([-+][0-9A-Za-z.+-]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
