using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Notes in <c>metadata.managedFields</c> who set which field.</summary>
internal static class ManagedFields
{
    /// <summary>Notes the difference between two versions as an update by a manager.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="before">The version before; null for a new object.</param>
    /// <param name="after">The version to be stored; its <c>metadata.managedFields</c> is rewritten.</param>
    /// <param name="options">Who, and when.</param>
    public static void Track(ResourceType type, JsonObject? before, JsonObject after, ApplyOptions options)
    {
        if (before is null && Schema.Of(type).Kind == FieldKind.Struct)
            after.Child("metadata")["managedFields"] = new JsonArray(new JsonObject { ["manager"] = options.Manager, ["operation"] = "Update", ["apiVersion"] = type.ApiVersion, ["time"] = Timestamp.Of(options.Now) });
    }
}
