using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Which fields an applied object claims, how it is merged, and what is taken out again.</summary>
internal static class OwnedFields
{
    private static readonly FieldSet Here = FieldSet.Node(isMember: true);

    /// <summary>Whether a value has one owner as a whole.</summary>
    public static bool IsLeaf(Schema? schema, MergeRule rule, JsonNode? node) => (schema?.Kind, node) switch
    {
        (FieldKind.Struct, JsonObject) => schema!.IsAtomic && !rule.IsGranular,
        (FieldKind.Map, JsonObject) => rule.IsAtomicMap,
        (FieldKind.List, JsonArray) => ListItems.IsWhole(rule),
        _ => true,
    };

    /// <summary>The fields that an applied object claims.</summary>
    public static FieldSet Of(Schema schema, JsonObject applied) => OfFields(schema, applied, "");

    /// <summary>An object with an applied one merged into it; neither is changed.</summary>
    public static JsonObject Merge(Schema schema, JsonObject current, JsonObject applied)
    {
        var merged = (JsonObject)current.DeepClone();
        foreach (var (name, value) in applied)
        {
            if (value is null && IsLeaf(schema.Part(name), schema.Rule(name), merged[name]))
                merged.Remove(name);
            else if (value is null)
                continue;
            else
                merged[name] = MergeValue(schema.Part(name), schema.Rule(name), merged[name], value);
        }

        return merged;
    }

    /// <summary>Takes out, in place, what a manager applied last time and nobody claims now.</summary>
    /// <param name="schema">The shape of the object.</param>
    /// <param name="body">The merged object.</param>
    /// <param name="last">What the manager claimed last time.</param>
    /// <param name="claimed">What all managers claim now.</param>
    public static void Prune(Schema? schema, JsonObject body, FieldSet last, FieldSet claimed)
    {
        foreach (var (element, set) in last.Children.Where(child => child.Key.StartsWith("f:", StringComparison.Ordinal)))
        {
            var name = element[2..];
            if (body[name] is not { } value)
                continue;
            if (claimed.Below(element) is not { } still)
                body.Remove(name);
            else if (value is JsonObject fields)
                Prune(schema?.Part(name), fields, set, still);
            else if (value is JsonArray items && schema?.Part(name) is { Kind: FieldKind.List } list)
                PruneItems(list.Element, schema.Rule(name), items, (set, still));
        }
    }

    private static void PruneItems(Schema schema, MergeRule rule, JsonArray items, (FieldSet Last, FieldSet Claimed) sets)
    {
        foreach (var (element, item) in ListItems.Of(items, rule))
        {
            if (sets.Last.Below(element) is not { } set)
                continue;
            if (sets.Claimed.Below(element) is { } still)
                Prune(schema, item as JsonObject ?? [], set, still);
            else if (set.IsMember)
                items.Remove(item);
        }
    }

    private static FieldSet OfFields(Schema schema, JsonObject fields, string path) =>
        FieldSet.Node(false, fields.Select(field => ("f:" + field.Key, OfField(schema, field.Key, field.Value, $"{path}.{field.Key}"))));

    private static FieldSet OfField(Schema schema, string name, JsonNode? value, string path)
    {
        var (part, rule) = (schema.Part(name), schema.Rule(name));
        if (value is null or JsonObject { Count: 0 } || IsLeaf(part, rule, value))
            return Here;
        var inside = value is JsonArray items ? OfItems(part!.Element, rule, items, path) : OfFields(part!, (JsonObject)value, path);
        return schema.Kind == FieldKind.Map ? inside.Union(Here) : inside;
    }

    private static FieldSet OfItems(Schema element, MergeRule rule, JsonArray items, string path)
    {
        ListItems.MustDiffer(items, rule, path);
        return FieldSet.Node(false, ListItems.Of(items, rule).Select(pair =>
            (pair.Element, pair.Item is JsonObject fields && !IsLeaf(element, MergeRule.Whole, fields) ? OfFields(element, fields, path + pair.Element[1..]).Union(Here) : Here)));
    }

    private static JsonNode? MergeValue(Schema? schema, MergeRule rule, JsonNode? current, JsonNode applied)
    {
        if (current is null || current.GetValueKind() != applied.GetValueKind() || IsLeaf(schema, rule, applied))
            return applied is JsonObject plain && schema is not null && !IsLeaf(schema, rule, applied) ? Merge(schema, [], plain) : applied.DeepClone();
        return applied is JsonObject fields ? Merge(schema!, (JsonObject)current, fields) : MergeItems(schema!.Element, rule, current, applied);
    }

    /// <summary>Items that the applied list does not have keep their place; the others stand in its order.</summary>
    private static JsonArray MergeItems(Schema element, MergeRule rule, JsonNode current, JsonNode applied)
    {
        var (old, wanted) = (ListItems.Of(current, rule), new Queue<(string Element, JsonNode? Item)>(ListItems.Of(applied, rule)));
        var before = old.ToDictionary(pair => pair.Element, pair => pair.Item);
        var names = wanted.Select(pair => pair.Element).ToHashSet(StringComparer.Ordinal);
        var merged = new JsonArray();
        foreach (var (name, item) in old)
        {
            if (!names.Contains(name))
                merged.Add(item?.DeepClone());
            else if (wanted.FirstOrDefault(pair => before.ContainsKey(pair.Element)).Element == name)
                TakeUntil(name);
        }

        TakeUntil(null);
        return merged;

        void TakeUntil(string? name)
        {
            while (wanted.TryDequeue(out var next))
            {
                merged.Add(next.Item is null ? null : MergeValue(element, MergeRule.Whole, before.GetValueOrDefault(next.Element), next.Item));
                if (next.Element == name)
                    return;
            }
        }
    }
}
