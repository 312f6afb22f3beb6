using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DifyUpgrade.Rendering;

/// <summary>Reads the text that helm renders into objects. A document that cannot be read ends the run: it might be the one that matters.</summary>
internal static partial class ManifestReader
{
    /// <summary>Reads all documents.</summary>
    /// <param name="text">What helm printed.</param>
    /// <returns>The objects in helm's order, lists expanded.</returns>
    /// <exception cref="DeploymentException">A document is not YAML or not a Kubernetes object.</exception>
    public static IReadOnlyList<Manifest> Read(string text) =>
        [.. Separator().Split(text).Where(document => !string.IsNullOrWhiteSpace(document)).SelectMany(ReadDocument)];

    private static IEnumerable<Manifest> ReadDocument(string document)
    {
        var source = Source().Match(document) is { Success: true } match ? match.Groups[1].Value : "";
        return Parse(document, source) switch
        {
            null => [],
            JsonObject { } list when list["kind"]?.ToString() == "List" && list["items"] is JsonArray items =>
                items.OfType<JsonObject>().Select(item => Object((JsonObject)item.DeepClone(), source)),
            JsonObject body => [Object(body, source)],
            _ => throw Unreadable(source, "is not a mapping"),
        };
    }

    private static JsonNode? Parse(string document, string source)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new MergingParser(new Parser(new StringReader(document))));
            return yaml.Documents.Count == 0 ? null : YamlToJson.Convert(yaml.Documents[0].RootNode);
        }
        catch (YamlException e)
        {
            throw Unreadable(source, $"is not YAML at line {e.Start.Line}, column {e.Start.Column}");
        }
    }

    private static Manifest Object(JsonObject body, string source)
    {
        var manifest = new Manifest(body, source);
        return manifest is { ApiVersion.Length: > 0, Kind.Length: > 0, Name.Length: > 0 }
            ? manifest
            : throw Unreadable(source, "lacks apiVersion, kind or metadata.name");
    }

    private static DeploymentException Unreadable(string source, string seen) => new(
        ExitCode.NothingChanged,
        Finding.Error(
            "A rendered document " + seen,
            source.Length > 0 ? source : "the rendered chart",
            "Mend the template, then: ./build.sh RenderTemplate"));

    [GeneratedRegex(@"^---[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^# Source: (\S+)", RegexOptions.Multiline)]
    private static partial Regex Source();
}
