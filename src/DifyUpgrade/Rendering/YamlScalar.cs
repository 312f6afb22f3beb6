using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DifyUpgrade.Rendering;

/// <summary>
/// The types that helm and Kubernetes give scalars: they read YAML 1.1, where <c>0444</c> is octal and <c>yes</c> a
/// boolean, and a file mode read as decimal would be another mode.
/// </summary>
/// <remarks>Each rule is one of go-yaml v2 (resolve.go), which helm 3 and 4 read manifests with.</remarks>
internal static partial class YamlScalar
{
    private const string TypedTags = "tag:yaml.org,2002:";

    /// <summary>Reads a value.</summary>
    /// <param name="scalar">The YAML.</param>
    /// <returns>The JSON; null for a YAML null.</returns>
    public static JsonValue? Read(Scalar scalar) => scalar switch
    {
        { Style: ScalarStyle.Plain, Tag.IsEmpty: true } => Plain(scalar.Value),
        { Tag: { IsEmpty: false, IsNonSpecific: false, Value: TypedTags + "int" or TypedTags + "float" or TypedTags + "bool" or TypedTags + "null" } } => Plain(scalar.Value),
        _ => JsonValue.Create(scalar.Value),
    };

    /// <summary>Reads a key: JSON has texts only, so <c>on: 1</c> becomes <c>"true": 1</c>.</summary>
    /// <param name="scalar">The YAML.</param>
    /// <returns>The key.</returns>
    /// <exception cref="YamlException">It is null, which helm refuses.</exception>
    public static string Key(Scalar scalar) =>
        Read(scalar)?.ToString() ?? throw new YamlException(scalar.Start, scalar.End, "A key is null");

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "y" or "Y" or "on" or "On" or "ON" => JsonValue.Create(true),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "n" or "N" or "off" or "Off" or "OFF" => JsonValue.Create(false),
        ['_', ..] => JsonValue.Create(text),
        _ => Number(text.Replace("_", "", StringComparison.Ordinal)) ?? JsonValue.Create(text),
    };

    private static JsonValue? Number(string text)
    {
        if (Whole().Match(text) is { Success: true } match && Count(match) is var count && count >= long.MinValue && count <= ulong.MaxValue)
            return count <= long.MaxValue ? JsonValue.Create((long)count) : JsonValue.Create((ulong)count);
        return Float().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : null;
    }

    private static BigInteger Count(Match match)
    {
        var (digits, radix) = (match.Groups["hex"], match.Groups["octal"], match.Groups["binary"]) switch
        {
            ({ Success: true } hex, _, _) => (hex.Value, 16),
            (_, { Success: true } octal, _) => (octal.Value, 8),
            (_, _, { Success: true } binary) => (binary.Value, 2),
            _ => (match.Groups["decimal"].Value, 10),
        };
        var count = digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * radix) + int.Parse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        return match.Groups["minus"].Success ? -count : count;
    }

    [GeneratedRegex(@"\A(?:\+|(?<minus>-))?(?:0[xX](?<hex>[0-9a-fA-F]+)|0[bB](?<binary>[01]+)|0[oO]?(?<octal>[0-7]+)|(?<decimal>0|[1-9][0-9]*))\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Float();
}
