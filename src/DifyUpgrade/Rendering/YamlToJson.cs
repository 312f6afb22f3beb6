using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DifyUpgrade.Rendering;

/// <summary>
/// Reads YAML into JSON as helm does before it sends an object: with helm's types (<see cref="YamlScalar"/>), with
/// anchors and merge keys, and with the last one of two equal keys, which helm takes without a word.
/// </summary>
internal sealed class YamlToJson
{
    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, JsonNode?> _anchors = [];

    private YamlToJson(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>Reads all documents of a text.</summary>
    /// <param name="text">The YAML.</param>
    /// <returns>A node for each document; null for a YAML null.</returns>
    /// <exception cref="YamlException">The text is not YAML.</exception>
    public static IReadOnlyList<JsonNode?> Read(string text)
    {
        var reader = new YamlToJson(text);
        List<JsonNode?> documents = [];
        reader._parser.Consume<StreamStart>();
        while (reader._parser.TryConsume<DocumentStart>(out _))
        {
            documents.Add(reader.Node());
            reader._parser.Consume<DocumentEnd>();
        }

        return documents;
    }

    private JsonNode? Node()
    {
        var start = _parser.Consume<ParsingEvent>();
        JsonNode? node = start switch
        {
            AnchorAlias alias when _anchors.TryGetValue(alias.Value, out var known) => known?.DeepClone(),
            Scalar scalar => YamlScalar.Read(scalar),
            SequenceStart => Sequence(),
            MappingStart => Mapping(),
            _ => throw new YamlException(start.Start, start.End, "No node and no known anchor"),
        };
        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
            _anchors[anchored.Anchor] = node;
        return node;
    }

    private JsonArray Sequence()
    {
        JsonArray items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node());
        return items;
    }

    private JsonObject Mapping()
    {
        JsonObject mapping = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = _parser.Consume<Scalar>();
            var value = Node();
            if (key is { Style: ScalarStyle.Plain, Value: "<<" })
                Merge(mapping, value);
            else
                mapping[YamlScalar.Key(key)] = value;
        }

        return mapping;
    }

    // Of several mappings the first has the last word.
    private static void Merge(JsonObject mapping, JsonNode? value)
    {
        foreach (var source in (value as JsonArray ?? [value?.DeepClone()]).OfType<JsonObject>().Reverse())
        {
            foreach (var (key, item) in source)
                mapping[key] = item?.DeepClone();
        }
    }
}
