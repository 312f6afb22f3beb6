using System.Text.Json.Nodes;

namespace DifyUpgrade.Rendering;

/// <summary>One Kubernetes object as the chart renders it.</summary>
/// <param name="Body">The whole object.</param>
/// <param name="Source">The template it came from, as helm names it; empty when helm does not say.</param>
internal sealed record Manifest(JsonObject Body, string Source)
{
    /// <summary>The object's apiVersion.</summary>
    public string ApiVersion => Text("apiVersion");

    /// <summary>The object's kind.</summary>
    public string Kind => Text("kind");

    /// <summary>The object's name.</summary>
    public string Name => Metadata("name");

    /// <summary>The object's namespace; empty when the manifest leaves it to the release.</summary>
    public string Namespace => Metadata("namespace");

    /// <summary>Whether helm runs it as a hook, outside the release's own objects.</summary>
    public bool IsHook => (MetadataBody?["annotations"] as JsonObject)?["helm.sh/hook"] is not null;

    /// <summary>What tells this object from the others of a release.</summary>
    public string Identity => $"{Kind}/{(Namespace.Length > 0 ? Namespace + "/" : "")}{Name}";

    private JsonObject? MetadataBody => Body["metadata"] as JsonObject;

    private string Text(string key) => Body[key]?.ToString() ?? "";

    private string Metadata(string key) => MetadataBody?[key]?.ToString() ?? "";
}
