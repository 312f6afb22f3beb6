using System.Buffers;
using System.Globalization;

namespace DifyUpgrade.Sandbox.Pods.Volumes;

/// <summary>Reads quantities such as <c>250m</c> and <c>1Gi</c>.</summary>
internal static class Quantity
{
    private static readonly Dictionary<string, decimal> Units = new(StringComparer.Ordinal)
    {
        ["m"] = 0.001m,
        ["k"] = 1e3m,
        ["M"] = 1e6m,
        ["G"] = 1e9m,
        ["T"] = 1e12m,
        ["Ki"] = 1024m,
        ["Mi"] = 1024m * 1024,
        ["Gi"] = 1024m * 1024 * 1024,
        ["Ti"] = 1024m * 1024 * 1024 * 1024,
        [""] = 1,
    };

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.-+");

    /// <summary>Its value; zero for what is none.</summary>
    public static decimal Of(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExcept(Digits) is >= 0 and var end ? end : text.Length;
        return Units.TryGetValue(text[digits..], out var unit) && decimal.TryParse(text.AsSpan(0, digits), CultureInfo.InvariantCulture, out var number) ? number * unit : 0;
    }
}
