using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Merges the items of a list in a strategic merge patch.</summary>
/// <param name="element">What the list is made of; null where that is not known.</param>
/// <param name="rule">How it is merged.</param>
/// <param name="merge">Merges two objects.</param>
internal sealed class ListMerge(Schema? element, MergeRule rule, Func<Schema?, JsonObject, JsonObject, JsonObject> merge)
{
    /// <summary>The list after the patch.</summary>
    public JsonArray Apply(JsonArray? current, JsonArray patch)
    {
        if (rule.PatchKey is null)
            return rule.PatchAdds ? Arranged([.. (current ?? []).Concat(patch).DistinctBy(JsonWords.Quote)], patch, current ?? []) : Replaced(patch);
        if (patch.Any(item => item is not JsonObject))
            return Plain(current ?? [], patch);
        if (patch.OfType<JsonObject>().Any(item => item.Text("$patch") == "replace"))
            return [.. patch.Where(item => item.Text("$patch") is null).Select(item => item?.DeepClone())];
        List<JsonNode?> merged = [.. (current ?? []).Select(item => item?.DeepClone())];
        List<JsonNode?> placed = [];
        foreach (var item in patch.OfType<JsonObject>())
            MergeItem(merged, item, placed);
        return Arranged(merged, [.. placed.Select(item => item?.DeepClone())], current ?? []);
    }

    /// <summary>That an item does not say which one it is.</summary>
    public static ApiException NoKey(JsonObject item, string key) => ApiException.Unclassified($"map: {JsonWords.GoMap(item)} does not contain declared merge key: {key}");

    private void MergeItem(List<JsonNode?> merged, JsonObject item, List<JsonNode?> placed)
    {
        if (!item.TryGetPropertyValue(rule.PatchKey!, out var key))
            throw NoKey(item, rule.PatchKey!);
        bool IsMeant(JsonNode? other) => other is JsonObject fields && JsonNode.DeepEquals(fields[rule.PatchKey!], key);
        if (item.Text("$patch") == "delete")
        {
            merged.RemoveAll(IsMeant);
            return;
        }

        var place = merged.FindIndex(IsMeant);
        var result = merge(element, place < 0 ? [] : (JsonObject)merged[place]!, item);
        if (place < 0)
            merged.Add(result);
        else
            merged[place] = result;
        placed.Add(item);
    }

    private JsonArray Arranged(List<JsonNode?> merged, JsonArray order, JsonArray current) =>
        ListOrder.Arrange([.. merged.Select(item => item?.DeepClone())], order, current, rule.PatchKey);

    /// <summary>Directives and nulls mean nothing in a list that replaces another, but they are not kept either.</summary>
    private JsonArray Replaced(JsonArray patch) =>
        [.. patch.Select(item => item is JsonObject fields ? merge(element, [], fields) : item?.DeepClone())];

    // Where the list holds nothing else so far, it is the decoder that refuses them.
    private static JsonArray Plain(JsonArray current, JsonArray patch) => current.Concat(patch).OfType<JsonObject>().Any()
        ? throw ApiException.Unclassified($"list element types are not identical: [{JsonWords.GoMap(current)} {JsonWords.GoMap(patch)}]")
        : (JsonArray)patch.DeepClone();
}
