using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>
/// A set of fields, as a tree of path elements in the spelling of <c>fieldsV1</c>: <c>f:spec</c> is a field or key,
/// <c>k:{"name":"api"}</c> the item with that key, <c>v:"x"</c> the value itself. Never changed once built.
/// </summary>
internal sealed class FieldSet
{
    /// <summary>No fields.</summary>
    public static readonly FieldSet Empty = new(isMember: false, []);

    private static readonly Comparer<string> Order = Comparer<string>.Create(Compare);

    private readonly SortedDictionary<string, FieldSet> _children;

    private FieldSet(bool isMember, SortedDictionary<string, FieldSet> children)
    {
        IsMember = isMember;
        _children = children;
    }

    /// <summary>Whether the field at this place is itself in the set.</summary>
    public bool IsMember { get; }

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => !IsMember && _children.Count == 0;

    /// <summary>What is below, by path element.</summary>
    public IReadOnlyDictionary<string, FieldSet> Children => _children;

    /// <summary>Builds a node; empty children are left out.</summary>
    public static FieldSet Node(bool isMember, params IEnumerable<(string Element, FieldSet Set)> children)
    {
        var kept = new SortedDictionary<string, FieldSet>(Order);
        foreach (var (element, set) in children)
        {
            if (!set.IsEmpty)
                kept[element] = kept.TryGetValue(element, out var twin) ? twin.Union(set) : set;
        }

        return !isMember && kept.Count == 0 ? Empty : new FieldSet(isMember, kept);
    }

    /// <summary>Reads <c>fieldsV1</c>.</summary>
    public static FieldSet Read(JsonNode? fields) => fields is JsonObject node ? Node(false, ReadChildren(node)) : Empty;

    /// <summary>What is in either.</summary>
    public FieldSet Union(FieldSet other) =>
        Node(IsMember || other.IsMember, Children.Select(Pair).Concat(other.Children.Select(Pair)));

    /// <summary>What is in this one only.</summary>
    public FieldSet Difference(FieldSet other) =>
        Node(IsMember && !other.IsMember, Children.Select(child => (child.Key, other.Below(child.Key) is { } twin ? child.Value.Difference(twin) : child.Value)));

    /// <summary>What is in both.</summary>
    public FieldSet Intersection(FieldSet other) =>
        Node(IsMember && other.IsMember, Children.Select(child => (child.Key, other.Below(child.Key) is { } twin ? child.Value.Intersection(twin) : Empty)));

    /// <summary>The set without a part of it.</summary>
    public FieldSet Without(params ReadOnlySpan<string> path)
    {
        if (path.Length == 0)
            return Empty;
        var (first, rest) = (path[0], path[1..].ToArray());
        return Node(IsMember, Children.Select(child => (child.Key, child.Key == first ? child.Value.Without(rest) : child.Value)));
    }

    /// <summary>The part below a path element.</summary>
    /// <returns>Null where there is none.</returns>
    public FieldSet? Below(string element) => _children.GetValueOrDefault(element);

    /// <summary>Each member as messages name it, such as <c>.spec.containers[name="api"].image</c>; shallow ones first, as Go iterates.</summary>
    public IEnumerable<string> Paths(string prefix = "")
    {
        foreach (var (element, child) in _children)
        {
            if (child.IsMember)
                yield return prefix + InWords(element);
        }

        foreach (var (element, child) in _children)
        {
            foreach (var path in child.Paths(prefix + InWords(element)))
                yield return path;
        }
    }

    /// <summary>A path element as messages name it.</summary>
    public static string InWords(string element)
    {
        if (element.StartsWith("f:", StringComparison.Ordinal))
            return "." + element[2..];
        if (!element.StartsWith("k:", StringComparison.Ordinal))
            return element.StartsWith("v:", StringComparison.Ordinal) ? $"[={element[2..]}]" : $"[{element[2..]}]";
        try
        {
            return $"[{string.Join(',', (JsonNode.Parse(element[2..]) as JsonObject ?? []).Select(key => $"{key.Key}={JsonWords.Quote(key.Value)}"))}]";
        }
        catch (JsonException)
        {
            return $"[{element[2..]}]";
        }
    }

    /// <summary>The set as <c>fieldsV1</c>.</summary>
    public JsonObject Write()
    {
        var node = new JsonObject();
        foreach (var (element, child) in _children)
        {
            var written = child.Write();
            if (child.IsMember && child._children.Count > 0)
                written.Insert(0, ".", new JsonObject());
            node[element] = written;
        }

        return node;
    }

    private static IEnumerable<(string Element, FieldSet Set)> ReadChildren(JsonObject node)
    {
        foreach (var (element, child) in node)
        {
            if (element != "." && child is JsonObject fields)
                yield return (element, Node(fields.Count == 0 || fields.ContainsKey("."), ReadChildren(fields)));
        }
    }

    private static (string Element, FieldSet Set) Pair(KeyValuePair<string, FieldSet> child) => (child.Key, child.Value);

    /// <summary>Fields before keys before values before indexes; among themselves by their letters.</summary>
    private static int Compare(string left, string right)
    {
        var (one, other) = (Rank(left), Rank(right));
        return one == other ? string.CompareOrdinal(left, right) : one.CompareTo(other);
    }

    private static int Rank(string element) => element.Length == 0 ? -1 : "fkvi".IndexOf(element[0], StringComparison.Ordinal);
}
