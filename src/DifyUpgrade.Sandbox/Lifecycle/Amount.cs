using System.Globalization;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>Adds up and writes amounts such as <c>500m</c> and <c>1Gi</c>.</summary>
internal static class Amount
{
    private static readonly (string Suffix, decimal Factor)[] Binary =
        [("Ei", 1m * (1L << 60)), ("Pi", 1m * (1L << 50)), ("Ti", 1m * (1L << 40)), ("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10)];

    /// <summary>Reads an amount; zero where there is none or it cannot be read.</summary>
    public static decimal Of(JsonNode? node) => node is null ? 0 : Quantity.Parse(node.ToString()) ?? 0;

    /// <summary>Writes an amount in the largest unit that needs no fraction.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="isBytes">Whether it counts bytes, which come in powers of two.</param>
    public static string Text(decimal amount, bool isBytes)
    {
        if (isBytes && Array.Find(Binary, unit => amount != 0 && amount % unit.Factor == 0) is { Suffix: not null } unit)
            return Whole(amount / unit.Factor) + unit.Suffix;
        return amount == Math.Truncate(amount) ? Whole(amount) : Whole(Math.Ceiling(amount * 1000)) + "m";
    }

    private static string Whole(decimal amount) => amount.ToString("0", CultureInfo.InvariantCulture);
}
