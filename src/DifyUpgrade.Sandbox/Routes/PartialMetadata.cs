using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>An object less everything but its metadata.</summary>
internal static class PartialMetadata
{
    /// <summary>The object's <c>PartialObjectMetadata</c>.</summary>
    public static JsonObject Of(StoredObject item, string metaVersion) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = $"meta.k8s.io/{metaVersion}",
        ["metadata"] = item.Body["metadata"]?.DeepClone(),
    };
}
