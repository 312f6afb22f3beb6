using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Reads the order that a strategic merge patch wants for a list (<c>$setElementOrder</c>).</summary>
internal static class ElementOrder
{
    /// <summary>The items, or their keys, in the wanted order.</summary>
    /// <param name="patch">What the patch has for the list itself; null where it only orders it.</param>
    /// <param name="order">What it wants as order.</param>
    /// <param name="key">The merge key; null for plain values.</param>
    /// <exception cref="ApiException">500, as in the real server: the order is none, or another than that of the patch.</exception>
    public static JsonArray Of(JsonNode? patch, JsonNode? order, string? key)
    {
        if (order is not JsonArray wanted)
            throw ApiException.Unclassified($"expected a []interface {{}}, but received a {GoTypeOf(order)}");
        if (key is not null)
            CheckKeys(wanted, key);
        if (patch is JsonArray items && !IsFollowed(items, wanted, key))
            throw ApiException.Unclassified($"The order in patch list:\n{JsonWords.GoMap(items)}\n doesn't match $setElementOrder list:\n{JsonWords.GoMap(wanted)}\n");
        return wanted;
    }

    private static void CheckKeys(JsonArray wanted, string key)
    {
        for (var index = 0; index < wanted.Count; index++)
        {
            var item = wanted[index] as JsonObject ?? throw ApiException.Unclassified($"value for key {index} is not a map");
            if (!item.ContainsKey(key))
                throw ListMerge.NoKey(item, key);
        }
    }

    // Items that go have no place in the order.
    private static bool IsFollowed(JsonArray items, JsonArray wanted, string? key)
    {
        var place = 0;
        foreach (var item in items.Where(item => item.Text("$patch") is null))
        {
            while (place < wanted.Count && !JsonNode.DeepEquals(Name(wanted[place], key), Name(item, key)))
                place++;
            if (place++ >= wanted.Count)
                return false;
        }

        return true;
    }

    private static JsonNode? Name(JsonNode? item, string? key) => key is null ? item : item.At(key);

    private static string GoTypeOf(JsonNode? node) => JsonWords.KindOf(node) switch
    {
        "number" => "int64",
        "object" => "map[string]interface {}",
        "null" => "<nil>",
        var other => other,
    };
}
