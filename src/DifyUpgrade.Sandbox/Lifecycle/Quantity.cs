using System.Globalization;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>Amounts as Kubernetes writes them: <c>500m</c>, <c>2</c>, <c>1Gi</c>.</summary>
internal static class Quantity
{
    private static readonly (string Suffix, decimal Factor)[] Binary =
        [("Ei", 1m * (1L << 60)), ("Pi", 1m * (1L << 50)), ("Ti", 1m * (1L << 40)), ("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10)];

    private static readonly (string Suffix, decimal Factor)[] Decimal =
        [("E", 1e18m), ("P", 1e15m), ("T", 1e12m), ("G", 1e9m), ("M", 1e6m), ("k", 1e3m), ("m", 1e-3m), ("u", 1e-6m), ("n", 1e-9m)];

    /// <summary>Reads an amount; zero where there is none or it cannot be read.</summary>
    public static decimal Of(JsonNode? node)
    {
        var text = node?.ToString() ?? "";
        foreach (var (suffix, factor) in Binary.Concat(Decimal))
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal) && decimal.TryParse(text[..^suffix.Length], NumberStyles.Number, CultureInfo.InvariantCulture, out var count))
                return count * factor;
        }

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain) ? plain : 0;
    }

    /// <summary>Writes an amount in the largest unit that needs no fraction.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="isBytes">Whether it counts bytes, which come in powers of two.</param>
    public static string Text(decimal amount, bool isBytes)
    {
        if (amount == 0)
            return "0";
        if (isBytes)
        {
            var (suffix, factor) = Array.Find(Binary, unit => amount % unit.Factor == 0);
            return suffix is null ? Whole(amount) : Whole(amount / factor) + suffix;
        }

        return amount == Math.Truncate(amount) ? Whole(amount) : Whole(Math.Ceiling(amount * 1000)) + "m";
    }

    private static string Whole(decimal amount) => amount.ToString("0", CultureInfo.InvariantCulture);
}
