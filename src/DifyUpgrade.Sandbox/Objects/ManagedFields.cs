using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Notes in <c>metadata.managedFields</c> who set which field.</summary>
internal static class ManagedFields
{
    private static readonly string[] NobodysMetadata =
        ["name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields", "resourceVersion"];

    /// <summary>What the server fills in after it has noted who wrote what.</summary>
    private static readonly Dictionary<ResourceType, string[]> FilledInLater = new()
    {
        [ResourceTypes.Pods] = ["spec priority", "spec preemptionPolicy"],
        [ResourceTypes.Jobs] =
        [
            "spec selector", "metadata labels controller-uid", "metadata labels job-name", "metadata labels batch.kubernetes.io/controller-uid", "metadata labels batch.kubernetes.io/job-name",
            "spec template metadata labels controller-uid", "spec template metadata labels job-name", "spec template metadata labels batch.kubernetes.io/controller-uid",
            "spec template metadata labels batch.kubernetes.io/job-name",
        ],
    };

    /// <summary>Notes the difference between two versions as an update by a manager.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="before">The version before; null for a new object.</param>
    /// <param name="after">The version to be stored, with its defaults; its <c>metadata.managedFields</c> is rewritten.</param>
    /// <param name="options">Who, and when.</param>
    public static void Track(ResourceType type, JsonObject? before, JsonObject after, ApplyOptions options)
    {
        var managers = Known(before, after, options);
        var isUntracked = before is not null && managers.IsEmpty;
        after.Child("metadata").Remove("managedFields");
        if (!isUntracked)
            Note(type, managers, (Bare(before), after), Updater(type, options));
        managers.Write(after);
    }

    /// <summary>Notes an update among the owners.</summary>
    public static void Note(ResourceType type, FieldOwners managers, (JsonObject Before, JsonObject After) versions, FieldManager writer)
    {
        var difference = FieldDifference.Between(Schema.Of(type), versions.Before, versions.After);
        managers.Take(difference.Set.Union(difference.Removed), but: null);
        var taken = Ownable(type, difference.Set, writer.Subresource);
        if (taken.IsEmpty)
            return;
        managers.Set(writer with { Fields = (managers.Find(writer)?.Fields ?? FieldSet.Empty).Union(taken) });
        managers.Cap();
    }

    /// <summary>The entry under which a writer's updates are kept.</summary>
    public static FieldManager Updater(ResourceType type, ApplyOptions options) => Writer(type, options, "Update");

    /// <summary>The entry of a writer.</summary>
    public static FieldManager Writer(ResourceType type, ApplyOptions options, string operation) =>
        new(options.Manager.Length == 0 ? "unknown" : options.Manager, operation, type.ApiVersion, options.Subresource ?? "") { Time = Timestamp.Of(options.Now) };

    /// <summary>A set without what nobody owns: identity, what the server counts, and the half that the path cannot write.</summary>
    public static FieldSet Ownable(ResourceType type, FieldSet set, string subresource)
    {
        set = set.Without("f:apiVersion").Without("f:kind");
        foreach (var field in NobodysMetadata)
            set = set.Without("f:metadata", "f:" + field);
        foreach (var path in FilledInLater.GetValueOrDefault(type, []))
            set = set.Without([.. path.Split(' ').Select(field => "f:" + field)]);
        if (subresource == "status")
            return set.Without("f:spec").Without("f:metadata");
        return type.Subresources.Contains("status") ? set.Without("f:status") : set;
    }

    /// <summary>An object without its managed fields; an empty one for null.</summary>
    public static JsonObject Bare(JsonObject? body)
    {
        var bare = (JsonObject?)body?.DeepClone() ?? [];
        (bare["metadata"] as JsonObject)?.Remove("managedFields");
        return bare;
    }

    /// <summary>The owners so far: what the new version says, if it says anything readable, else what the old one said.</summary>
    private static FieldOwners Known(JsonObject? before, JsonObject after, ApplyOptions options)
    {
        if (options.Subresource is null)
        {
            if (after.At("metadata", "managedFields") is JsonArray { Count: 0 } or JsonArray { Count: 1 } and [JsonObject { Count: 0 }])
                return FieldOwners.None;
            if (FieldOwners.Read(after) is { IsEmpty: false } said)
                return said;
        }

        return FieldOwners.Read(before) ?? FieldOwners.None;
    }
}
