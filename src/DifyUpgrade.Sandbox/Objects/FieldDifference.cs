using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Which fields differ between two versions of an object.</summary>
/// <param name="Added">In the later one only.</param>
/// <param name="Modified">In both, with different values.</param>
/// <param name="Removed">In the earlier one only.</param>
internal sealed record FieldDifference(FieldSet Added, FieldSet Modified, FieldSet Removed)
{
    private static readonly FieldDifference None = new(FieldSet.Empty, FieldSet.Empty, FieldSet.Empty);
    private static readonly FieldSet Here = FieldSet.Node(isMember: true);

    /// <summary>Structs that Go holds by value: a missing one is the same as an empty one, so it is never added or removed.</summary>
    private static readonly HashSet<string> AlwaysThere =
        ["metadata", "spec", "status", "strategy", "updateStrategy", "template", "jobTemplate", "resources", "loadBalancer", "scaleTargetRef", "involvedObject", "source"];

    /// <summary>What was added or modified.</summary>
    public FieldSet Set => Added.Union(Modified);

    /// <summary>Compares two versions.</summary>
    public static FieldDifference Between(Schema schema, JsonObject before, JsonObject after) => InFields(schema, before, after);

    private static FieldDifference At(Schema? schema, MergeRule rule, JsonNode? before, JsonNode? after)
    {
        if (before is null && after is null)
            return None;
        if (IsLeaf(schema, rule, before ?? after) || IsBare(before, after) || (before is not null && after is not null && before.GetValueKind() != after.GetValueKind()))
            return Leaf(before, after);
        var inside = (before ?? after) is JsonArray
            ? InItems(schema!.Element, rule, before, after)
            : InFields(schema!, before as JsonObject, after as JsonObject);
        return before is null ? inside with { Added = inside.Added.Union(Here) } : after is null ? inside with { Removed = inside.Removed.Union(Here) } : inside;
    }

    private static FieldDifference InFields(Schema schema, JsonObject? before, JsonObject? after)
    {
        var names = (before ?? []).Select(field => field.Key).Concat((after ?? []).Select(field => field.Key)).Distinct(StringComparer.Ordinal);
        return Gather(names.Select(name => ("f:" + name, At(schema.Part(name), schema.Rule(name), Part(schema, before, name), Part(schema, after, name)))));
    }

    private static FieldDifference InItems(Schema element, MergeRule rule, JsonNode? before, JsonNode? after)
    {
        var old = ListItems.Of(before, rule).ToDictionary(pair => pair.Element, pair => pair.Item);
        var now = ListItems.Of(after, rule).ToDictionary(pair => pair.Element, pair => pair.Item);
        return Gather(old.Keys.Union(now.Keys).Select(item => (item, At(element, MergeRule.Whole, old.GetValueOrDefault(item), now.GetValueOrDefault(item)))));
    }

    private static FieldDifference Gather(IEnumerable<(string Element, FieldDifference Difference)> parts)
    {
        var all = parts.Where(part => part.Difference != None).ToList();
        return all.Count == 0 ? None : new(
            FieldSet.Node(false, all.Select(part => (part.Element, part.Difference.Added))),
            FieldSet.Node(false, all.Select(part => (part.Element, part.Difference.Modified))),
            FieldSet.Node(false, all.Select(part => (part.Element, part.Difference.Removed))));
    }

    private static FieldDifference Leaf(JsonNode? before, JsonNode? after)
    {
        if (before is null)
            return None with { Added = Here };
        if (after is null)
            return None with { Removed = Here };
        return JsonNode.DeepEquals(before, after) ? None : None with { Modified = Here };
    }

    private static JsonNode? Part(Schema schema, JsonObject? parent, string name) =>
        parent is null ? null : parent[name] ?? (schema.Kind == FieldKind.Struct ? ByValue(schema, name) : null);

    private static JsonNode? ByValue(Schema schema, string name) => (schema.TypeName, name) switch
    {
        ("V1PodSpec", "containers") => new JsonArray(),
        ("V1NetworkPolicySpec", "podSelector") => new JsonObject(),
        _ => AlwaysThere.Contains(name) && schema.Part(name)?.Kind == FieldKind.Struct ? new JsonObject() : null,
    };

    private static bool IsBare(JsonNode? before, JsonNode? after) => IsBare(before) && IsBare(after);

    private static bool IsBare(JsonNode? node) => node is null or JsonObject { Count: 0 } or JsonArray { Count: 0 };

    private static bool IsLeaf(Schema? schema, MergeRule rule, JsonNode? node) => OwnedFields.IsLeaf(schema, rule, node);
}
