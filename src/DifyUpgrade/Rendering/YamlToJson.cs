using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DifyUpgrade.Rendering;

/// <summary>
/// Reads YAML into JSON with the types that helm and Kubernetes give plain scalars: they read YAML 1.1, where
/// <c>0444</c> is octal and <c>yes</c> a boolean, and a file mode read as decimal would be another mode.
/// </summary>
internal static partial class YamlToJson
{
    /// <summary>Converts a node.</summary>
    /// <param name="node">The YAML.</param>
    /// <returns>The JSON; null for a YAML null.</returns>
    public static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Select(pair => KeyValuePair.Create(pair.Key.ToString(), Convert(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Tag.IsEmpty: true } scalar => Plain(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => JsonValue.Create(true),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => JsonValue.Create(false),
        _ => Number(text) ?? JsonValue.Create(text),
    };

    private static JsonValue? Number(string text)
    {
        if (Octal().Match(text) is { Success: true } octal)
            return JsonValue.Create(System.Convert.ToInt64(octal.Groups[1].Value, 8));
        if (Hexadecimal().Match(text) is { Success: true } hexadecimal)
            return JsonValue.Create(System.Convert.ToInt64(hexadecimal.Groups[1].Value, 16));
        if (Whole().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return JsonValue.Create(whole);
        return Decimal().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : null;
    }

    [GeneratedRegex(@"\A0o?([0-7]{1,20})\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"\A0x([0-9a-fA-F]{1,15})\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\A[-+]?(0|[1-9][0-9]*)\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Decimal();
}
