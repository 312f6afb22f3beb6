using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;

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
        return Parse(document, source).SelectMany(node => node switch
        {
            null => [],
            JsonObject list when ListKind(list) is { } kind && list["items"] is JsonArray items => items.Select(item => Object(Item(item, list, kind), source)),
            JsonObject body => [Object(body, source)],
            _ => throw Unreadable(source, "is not a mapping"),
        });
    }

    private static string? ListKind(JsonObject body) =>
        body["kind"]?.ToString() is { } kind && kind.EndsWith("List", StringComparison.Ordinal) ? kind : null;

    // The items of a typed list, such as a ConfigMapList, may leave their kind to it.
    private static JsonObject Item(JsonNode? item, JsonObject list, string listKind)
    {
        var body = item?.DeepClone() as JsonObject ?? [];
        if (listKind != "List")
        {
            body.TryAdd("apiVersion", list["apiVersion"]?.DeepClone());
            body.TryAdd("kind", listKind[..^"List".Length]);
        }

        return body;
    }

    private static IReadOnlyList<JsonNode?> Parse(string document, string source)
    {
        try
        {
            return YamlToJson.Read(document);
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
