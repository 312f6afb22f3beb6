using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Amounts with a unit, such as <c>500m</c> or <c>1Gi</c>.</summary>
internal static class Quantity
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("+-.0123456789");

    private static readonly Dictionary<string, decimal> Units = new(StringComparer.Ordinal)
    {
        [""] = 1m,
        ["n"] = 1e-9m,
        ["u"] = 1e-6m,
        ["m"] = 1e-3m,
        ["k"] = 1e3m,
        ["M"] = 1e6m,
        ["G"] = 1e9m,
        ["T"] = 1e12m,
        ["P"] = 1e15m,
        ["E"] = 1e18m,
        ["Ki"] = 1024m,
        ["Mi"] = 1048576m,
        ["Gi"] = 1073741824m,
        ["Ti"] = 1099511627776m,
        ["Pi"] = 1125899906842624m,
        ["Ei"] = 1152921504606846976m,
    };

    private static readonly (string Suffix, decimal Factor)[] Binary = [.. Units.Where(unit => unit.Key.EndsWith('i')).OrderByDescending(unit => unit.Value).Select(unit => (unit.Key, unit.Value))];

    /// <summary>Reads an amount; zero where there is none or it cannot be read.</summary>
    public static decimal Of(JsonNode? node) => node is null ? 0 : Parse(node.ToString()) ?? 0;

    /// <summary>Writes an amount in the largest unit that needs no fraction.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="isBytes">Whether it counts bytes, which come in powers of two.</param>
    public static string Text(decimal amount, bool isBytes)
    {
        if (isBytes && Array.Find(Binary, unit => amount != 0 && amount % unit.Factor == 0) is { Suffix: not null } unit)
            return Whole(amount / unit.Factor) + unit.Suffix;
        return amount == Math.Truncate(amount) ? Whole(amount) : Whole(Math.Ceiling(amount * 1000)) + "m";
    }

    /// <summary>The amount in its base unit.</summary>
    /// <returns>Null where it cannot be read or is beyond what anybody has.</returns>
    public static decimal? Parse(string? text)
    {
        if (text is null)
            return null;
        var unitAt = text.AsSpan().IndexOfAnyExcept(Digits);
        var unit = unitAt < 0 ? "" : text[unitAt..];
        if (unit.Length > 1 && unit[0] is 'e' or 'E')
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scientific) ? scientific : null;
        try
        {
            return Units.TryGetValue(unit, out var factor) && decimal.TryParse(text[..^unit.Length], CultureInfo.InvariantCulture, out var number) ? number * factor : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static string Whole(decimal amount) => amount.ToString("0", CultureInfo.InvariantCulture);
}
