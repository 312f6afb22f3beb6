using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Holds an object against its schema, as the real server's decoder does.</summary>
internal static partial class FieldCheck
{
    private static readonly SearchValues<char> Base64Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/\r\n");

    /// <summary>The fields that the kind does not have, in the words of a strict decoder.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="body">The object as it was sent.</param>
    /// <returns>Such as <c>unknown field "spec.replcas"</c>; in document order.</returns>
    /// <exception cref="ApiException">400: a field holds something it cannot hold.</exception>
    public static IReadOnlyList<string> Unknown(ResourceType type, JsonObject body)
    {
        var check = new Walk(type);
        check.Visit(Schema.Of(type), body, new Place("", "", ""));
        return check.Unknown;
    }

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?[0-9]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex QuantityPattern();

    /// <summary>Where the walk is: the path with indexes, the path without, and the struct around it.</summary>
    private sealed record Place(string Path, string Fields, string Struct)
    {
        public Place Field(string name, string type) => new(Join(Path, name), Join(Fields, name), type);

        public Place Item(int index) => this with { Path = $"{Path}[{index}]" };

        private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
    }

    private sealed class Walk(ResourceType type)
    {
        public List<string> Unknown { get; } = [];

        public void Visit(Schema schema, JsonNode? node, Place place)
        {
            if (node is null || schema.Kind == FieldKind.Anything)
                return;
            switch (schema.Kind, node)
            {
                case (FieldKind.Struct, JsonObject fields):
                    VisitFields(schema, fields, place);
                    break;
                case (FieldKind.Map, JsonObject entries):
                    foreach (var (key, value) in entries)
                        Visit(schema.Element, value, place.Field(key, place.Struct));
                    break;
                case (FieldKind.List, JsonArray items):
                    for (var index = 0; index < items.Count; index++)
                        Visit(schema.Element, items[index], place.Item(index));
                    break;
                default:
                    VisitValue(schema, node, place);
                    break;
            }
        }

        private void VisitFields(Schema schema, JsonObject fields, Place place)
        {
            foreach (var (name, value) in fields)
            {
                var inner = place.Field(name, GoType.Bare(schema));
                if (schema.Fields.TryGetValue(name, out var field))
                    Visit(field.Schema, value, inner);
                else
                    Unknown.Add($"unknown field \"{inner.Path}\"");
            }
        }

        private void VisitValue(Schema schema, JsonNode node, Place place)
        {
            var kind = node.GetValueKind();
            var fits = (schema.Kind, kind) switch
            {
                (FieldKind.Text, JsonValueKind.String) => true,
                (FieldKind.Flag, JsonValueKind.True or JsonValueKind.False) => true,
                (FieldKind.Fraction, JsonValueKind.Number) => true,
                (FieldKind.Whole, JsonValueKind.Number) => IsWhole(schema, node),
                (FieldKind.NumberOrText, JsonValueKind.String) => true,
                (FieldKind.NumberOrText, JsonValueKind.Number) => IsWhole(Schema.Of(typeof(int)), node),
                (FieldKind.Quantity, JsonValueKind.String or JsonValueKind.Number) => true,
                (FieldKind.Bytes or FieldKind.Time, JsonValueKind.String) => true,
                _ => false,
            };
            if (!fits)
                throw Refusal($"json: cannot unmarshal {Seen(schema, node)} into Go struct field {place.Struct}.{place.Fields} of type {GoType.Of(schema)}");
            CheckText(schema, node);
        }

        private void CheckText(Schema schema, JsonNode node)
        {
            var text = kindOfText(node);
            if (schema.Kind == FieldKind.Quantity && !QuantityPattern().IsMatch(text))
                throw Refusal("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
            if (schema.Kind == FieldKind.Time && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _))
                throw Refusal($"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{text}\" as \"2006\"");
            if (schema.Kind == FieldKind.Bytes && !Convert.TryFromBase64String(text, new byte[text.Length], out _))
                throw Refusal("illegal base64 data at input byte " + FirstBad(text));

            static string kindOfText(JsonNode node) => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
        }

        private ApiException Refusal(string why) =>
            ApiException.BadRequest($"{type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: {why}");

        private static bool IsWhole(Schema schema, JsonNode node) =>
            schema.IsShort ? int.TryParse(node.ToJsonString(), CultureInfo.InvariantCulture, out _) : long.TryParse(node.ToJsonString(), CultureInfo.InvariantCulture, out _);

        private static string Seen(Schema schema, JsonNode node) =>
            schema.Kind == FieldKind.Whole && node.GetValueKind() == JsonValueKind.Number ? "number " + node.ToJsonString() : JsonWords.KindOf(node);

        private static int FirstBad(string text)
        {
            var bad = text.AsSpan().IndexOfAnyExcept(Base64Letters);
            return bad < 0 ? text.Length : bad;
        }
    }
}
