using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>
/// A strategic merge patch: a merge patch that finds items of lists by their key and knows a few directives
/// (https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md).
/// </summary>
internal static class StrategicMerge
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string DeletePrefix = "$deleteFromPrimitiveList/";
    private const string OrderPrefix = "$setElementOrder/";

    /// <summary>The object after the patch; no argument is changed.</summary>
    /// <exception cref="ApiException">400, 422 or, as in the real server, 500: the patch makes no sense for the kind.</exception>
    public static JsonObject Apply(ResourceType type, JsonObject current, JsonObject patch) => Merge(Schema.Of(type), current, patch);

    private static JsonObject Merge(Schema? schema, JsonObject current, JsonObject patch)
    {
        switch (Instruction(patch))
        {
            case "replace":
                return Without(patch, Directive);
            case "delete":
                return [];
        }

        var merged = (JsonObject)current.DeepClone();
        Retain(merged, patch);
        foreach (var (field, value) in patch)
        {
            if (field.StartsWith(DeletePrefix, StringComparison.Ordinal))
                RemoveValues(merged, field[DeletePrefix.Length..], value);
            else if (field is not (Directive or RetainKeys) && !field.StartsWith(OrderPrefix, StringComparison.Ordinal))
                MergeField(schema, merged, field, value);
        }

        foreach (var (field, order) in patch)
        {
            if (field.StartsWith(OrderPrefix, StringComparison.Ordinal))
                Reorder(schema, (merged, current, patch), field[OrderPrefix.Length..], order);
        }

        return merged;
    }

    private static void MergeField(Schema? schema, JsonObject merged, string field, JsonNode? value)
    {
        var rule = schema?.Rule(field) ?? MergeRule.Whole;
        var part = schema?.Part(field);
        switch (value)
        {
            case null:
                merged.Remove(field);
                break;
            case JsonObject change:
                merged[field] = Merge(part, rule.PatchReplaces ? [] : merged[field] as JsonObject ?? [], change);
                break;
            case JsonArray changes:
                merged[field] = new ListMerge(part?.Kind == FieldKind.List ? part.Element : null, rule, Merge).Apply(merged[field] as JsonArray, changes);
                break;
            default:
                merged[field] = value.DeepClone();
                break;
        }
    }

    private static void Retain(JsonObject merged, JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(RetainKeys, out var listed))
            return;
        var keys = (listed as JsonArray ?? throw ApiException.BadRequest("invalid patch format of retainKeys")).Select(key => key?.ToString() ?? "").ToHashSet(StringComparer.Ordinal);
        if (patch.Any(field => field.Value is not null && !field.Key.StartsWith('$') && !keys.Contains(field.Key)))
            throw ApiException.BadRequest("invalid patch format of retainKeys");
        foreach (var field in merged.Select(field => field.Key).Where(field => !keys.Contains(field)).ToList())
            merged.Remove(field);
    }

    private static void RemoveValues(JsonObject merged, string field, JsonNode? value)
    {
        var removed = value as JsonArray ?? throw ApiException.BadRequest("invalid patch format of primitive list");
        if (merged[field] is not JsonArray list)
            return;
        foreach (var item in list.Where(item => removed.Any(other => JsonNode.DeepEquals(item, other))).ToList())
            list.Remove(item);
    }

    private static void Reorder(Schema? schema, (JsonObject Merged, JsonObject Current, JsonObject Patch) objects, string field, JsonNode? value)
    {
        var (merged, current, patch) = objects;
        var key = (schema?.Rule(field) ?? MergeRule.Whole).PatchKey;
        var order = ElementOrder.Of(patch[field], value, key);
        if (merged[field] is JsonArray list)
            merged[field] = ListOrder.Arrange(list, order, current[field] as JsonArray ?? [], key);
    }

    private static string? Instruction(JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(Directive, out var node))
            return null;
        return patch.Text(Directive) is "replace" or "delete" ? patch.Text(Directive) : throw ApiException.Unclassified($"unknown patch type: {node} in map: {JsonWords.GoMap(patch)}");
    }

    private static JsonObject Without(JsonObject patch, string field)
    {
        var rest = (JsonObject)patch.DeepClone();
        rest.Remove(field);
        return rest;
    }
}
