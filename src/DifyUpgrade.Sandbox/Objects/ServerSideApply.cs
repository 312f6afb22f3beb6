using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>
/// Server-side apply: merges what a manager wants into an object, keeps account of who owns which field, and takes out what
/// the manager wanted last time and nobody wants now (https://kubernetes.io/docs/reference/using-api/server-side-apply/).
/// </summary>
internal static class ServerSideApply
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>The object after the apply; no argument is changed. Its defaults are still to be filled in.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="current">The object as it is; null where there is none.</param>
    /// <param name="applied">What the manager wants.</param>
    /// <param name="options">Who, when, and whether by force.</param>
    /// <exception cref="ApiException">409: another manager owns a field and wants another value. 400: the patch is none for this kind.</exception>
    public static JsonObject Apply(ResourceType type, JsonObject? current, JsonObject applied, ApplyOptions options)
    {
        if (applied.Text("apiVersion") != type.ApiVersion)
            throw ApiException.BadRequest($"Incorrect version specified in apply patch. Specified patch version: {applied.Text("apiVersion")}, expected: {type.ApiVersion}");
        if (applied.At("metadata", "managedFields") is not null)
            throw ApiException.BadRequest("metadata.managedFields must be nil");
        var merged = Merge(type, current, applied, options);
        if (options.Manager == "kubectl" && merged.Text("metadata", "annotations", LastApplied) is { Length: > 0 })
            merged["metadata"]!["annotations"]![LastApplied] = JsonWords.Compact(WithoutLastApplied(applied)) + "\n";
        return merged;
    }

    private static JsonObject Merge(ResourceType type, JsonObject? current, JsonObject applied, ApplyOptions options)
    {
        var schema = Schema.Of(type);
        var live = ManagedFields.Bare(current);
        var managers = FieldOwners.Read(current) ?? FieldOwners.None;
        if (current is not null && managers.IsEmpty)
            ManagedFields.Note(type, managers, ([], live), new FieldManager("before-first-apply", "Update", type.ApiVersion, ""));
        var writer = ManagedFields.Writer(type, options, "Apply");
        var last = managers.Find(writer);
        writer = writer with { Fields = ManagedFields.Ownable(type, OwnedFields.Of(schema, applied), writer.Subresource) };
        managers.Set(writer);
        var merged = OwnedFields.Merge(schema, live, applied);
        if (last is not null)
            OwnedFields.Prune(schema, merged, last.Fields, managers.Claimed);
        var difference = FieldDifference.Between(schema, live, merged);
        if (!options.Force)
            RefuseConflicts(type, current, Conflicts(managers, writer, difference.Set), options);
        managers.Take(difference.Set.Union(difference.Removed), writer);
        if (JsonNode.DeepEquals(live, merged))
            managers.Set(writer with { Time = last?.Time });
        managers.Write(merged);
        return merged;
    }

    private static List<FieldManager> Conflicts(FieldOwners managers, FieldManager writer, FieldSet changed) =>
        [.. managers.All.Where(manager => !manager.Is(writer))
            .Select(manager => manager with { Fields = manager.Fields.Intersection(changed) })
            .Where(manager => !manager.Fields.IsEmpty)
            .OrderBy(manager => manager.Manager, StringComparer.Ordinal)];

    /// <summary>kubectl may take over what its own client-side apply set last, because that is how people change over.</summary>
    private static void RefuseConflicts(ResourceType type, JsonObject? current, List<FieldManager> conflicts, ApplyOptions options)
    {
        if (options.Manager == "kubectl" && conflicts.Count > 0)
        {
            var allowed = SetByLastApplied(type, current);
            conflicts = [.. conflicts.Select(manager => manager with { Fields = manager.Fields.Difference(allowed) }).Where(manager => !manager.Fields.IsEmpty)];
        }

        if (conflicts.Count == 0)
            return;
        var all = conflicts.SelectMany(manager => manager.Fields.Paths().Select(path => (Manager: manager.InWords(), Path: path))).ToList();
        var message = all.Count == 1
            ? $"Apply failed with 1 conflict: conflict with {all[0].Manager}: {all[0].Path}"
            : $"Apply failed with {all.Count} conflicts: {string.Join('\n', conflicts.SelectMany(manager => manager.Fields.Paths().Select(path => "- " + path).Prepend($"conflicts with {manager.InWords()}:")))}";
        throw new ApiException(409, "Conflict", message)
        {
            Details = new JsonObject
            {
                ["causes"] = new JsonArray([.. all.Select(one => new JsonObject { ["reason"] = "FieldManagerConflict", ["message"] = $"conflict with {one.Manager}", ["field"] = one.Path })]),
            },
        };
    }

    private static FieldSet SetByLastApplied(ResourceType type, JsonObject? current)
    {
        if (current.Text("metadata", "annotations", LastApplied) is not { Length: > 0 } text || Parse(text) is not { } last || last.Text("apiVersion") != type.ApiVersion)
            return FieldSet.Empty;
        var difference = FieldDifference.Between(Schema.Of(type), last, current!);
        return OwnedFields.Of(Schema.Of(type), last).Difference(difference.Set).Difference(difference.Removed);
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject WithoutLastApplied(JsonObject applied)
    {
        var plain = (JsonObject)applied.DeepClone();
        (plain.At("metadata", "annotations") as JsonObject)?.Remove(LastApplied);
        return plain;
    }
}
