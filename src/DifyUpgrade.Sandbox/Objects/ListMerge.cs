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
        if (patch.OfType<JsonObject>().Any(item => item.Text("$patch") == "replace"))
            return [.. patch.Where(item => item.Text("$patch") is null).Select(item => item?.DeepClone())];
        List<JsonNode?> merged = [.. (current ?? []).Select(item => item?.DeepClone())];
        List<JsonNode?> placed = [];
        foreach (var item in patch.Select(AsObject))
            MergeItem(merged, item, placed);
        return Arranged(merged, [.. placed.Select(item => item?.DeepClone())], current ?? []);
    }

    private void MergeItem(List<JsonNode?> merged, JsonObject item, List<JsonNode?> placed)
    {
        var key = item[rule.PatchKey!] ?? throw ApiException.BadRequest($"map: {JsonWords.GoMap(item)} does not contain declared merge key: {rule.PatchKey}");
        if (item.Text("$patch") == "delete")
        {
            merged.RemoveAll(other => JsonNode.DeepEquals(other.At(rule.PatchKey!), key));
            return;
        }

        var place = merged.FindIndex(other => JsonNode.DeepEquals(other.At(rule.PatchKey!), key));
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

    private static JsonObject AsObject(JsonNode? item) =>
        item as JsonObject ?? throw ApiException.BadRequest($"expected an object in the list, found {JsonWords.KindOf(item)}");
}
