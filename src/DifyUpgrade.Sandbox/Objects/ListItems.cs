using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>The items of a list whose items have owners of their own, told apart by path element.</summary>
internal static class ListItems
{
    /// <summary>Whether a list in a field with this rule has one owner as a whole.</summary>
    public static bool IsWhole(MergeRule rule) => rule.Keys.Count == 0 && !rule.IsSet;

    /// <summary>Items by path element, in the list's order; of twins the first.</summary>
    public static IReadOnlyList<(string Element, JsonNode? Item)> Of(JsonNode? list, MergeRule rule) =>
        [.. (list as JsonArray ?? []).Select(item => (Element(item, rule), item)).DistinctBy(pair => pair.Item1)];

    /// <summary>Refuses a list that has an item twice, which an apply may not send.</summary>
    /// <exception cref="ApiException">400: there are twins.</exception>
    public static void MustDiffer(JsonArray list, MergeRule rule, string path)
    {
        if (list.Select(item => Element(item, rule)).GroupBy(element => element).FirstOrDefault(group => group.Count() > 1) is { } twins)
            throw ApiException.Unclassified($"failed to create typed patch object: {path}: duplicate entries for key {FieldSet.InWords(twins.Key)}");
    }

    private static string Element(JsonNode? item, MergeRule rule)
    {
        if (rule.IsSet)
            return "v:" + JsonWords.Quote(item);
        var keys = new JsonObject();
        foreach (var key in rule.Keys.Order(StringComparer.Ordinal))
        {
            if ((item.At(key) ?? (key == "protocol" ? "TCP" : null)) is { } value)
                keys[key] = value.DeepClone();
        }

        return "k:" + JsonWords.Quote(keys);
    }
}
