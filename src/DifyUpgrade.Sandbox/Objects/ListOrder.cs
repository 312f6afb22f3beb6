using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>The order of a list after a strategic merge: the patch's own, with the server's other items let in where they were.</summary>
internal static class ListOrder
{
    /// <summary>Puts a merged list in order.</summary>
    /// <param name="list">The merged items.</param>
    /// <param name="order">The items, or their keys, in the order that the patch wants.</param>
    /// <param name="former">The list before the patch.</param>
    /// <param name="key">The merge key; null for plain values.</param>
    public static JsonArray Arrange(JsonArray list, JsonArray order, JsonArray former, string? key)
    {
        var wanted = Positions(order, key);
        var before = Positions(former, key);
        var patched = list.Where(item => wanted.ContainsKey(Name(item, key))).OrderBy(item => wanted[Name(item, key)]).ToList();
        var others = list.Where(item => !wanted.ContainsKey(Name(item, key))).OrderBy(item => before.GetValueOrDefault(Name(item, key), int.MaxValue)).ToList();
        return Interleave(new(others), new(patched), item => before.GetValueOrDefault(Name(item, key), -1));
    }

    /// <summary>An item of the server goes first only where both were there before and it stood in front.</summary>
    private static JsonArray Interleave(Queue<JsonNode?> others, Queue<JsonNode?> patched, Func<JsonNode?, int> before)
    {
        var arranged = new JsonArray();
        while (others.Count + patched.Count > 0)
        {
            var takeOther = patched.Count == 0 || (others.Count > 0 && StoodInFront(before(others.Peek()), before(patched.Peek())));
            arranged.Add((takeOther ? others : patched).Dequeue()?.DeepClone());
        }

        return arranged;
    }

    private static bool StoodInFront(int left, int right) => left >= 0 && right >= 0 && left < right;

    private static Dictionary<string, int> Positions(JsonArray items, string? key)
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < items.Count; index++)
            positions.TryAdd(Name(items[index], key), index);
        return positions;
    }

    private static string Name(JsonNode? item, string? key) => JsonWords.Quote(key is null ? item : item.At(key));
}
