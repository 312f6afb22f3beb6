using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>A JSON merge patch: https://www.rfc-editor.org/rfc/rfc7386.</summary>
internal static class MergePatch
{
    /// <summary>The object after the patch; neither argument is changed.</summary>
    public static JsonObject Apply(JsonObject current, JsonObject patch)
    {
        var merged = (JsonObject)current.DeepClone();
        foreach (var (field, value) in patch)
        {
            if (value is null)
                merged.Remove(field);
            else
                merged[field] = value is JsonObject change ? Apply(merged[field] as JsonObject ?? [], change) : value.DeepClone();
        }

        return merged;
    }
}
