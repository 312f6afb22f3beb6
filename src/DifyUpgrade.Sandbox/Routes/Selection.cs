using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Which objects a list, watch or deletion is about.</summary>
/// <param name="Type">The kind.</param>
/// <param name="Namespace">The namespace; null for all.</param>
internal sealed record Selection(ResourceType Type, string? Namespace)
{
    private const string NameField = "metadata.name=";

    private LabelSelector? Labels { get; init; }

    private FieldSelector? Fields { get; init; }

    private string? Name { get; init; }

    /// <summary>Whether it leaves objects of the namespace out.</summary>
    public bool IsPartial => Labels is not null || Fields is not null;

    /// <summary>Reads the query.</summary>
    public static Selection Of(ApiRequest target, HttpRequest request)
    {
        var type = target.Type!;
        var fields = ApiRequest.Query(request, "fieldSelector");
        if (target.Name.Length > 0)
            fields = NameField + target.Name;
        return new Selection(type, type.Namespaced && target.Namespace.Length > 0 ? target.Namespace : null)
        {
            Labels = ApiRequest.Query(request, "labelSelector") is { } text ? LabelSelector.Parse(text) : null,
            Fields = fields is null ? null : FieldSelector.Parse(type, fields),
            Name = NameOf(fields),
        };
    }

    /// <summary>The one name a field selector allows; null where it allows several.</summary>
    public static string? NameOf(string? fieldSelector) =>
        fieldSelector is not null && fieldSelector.StartsWith(NameField, StringComparison.Ordinal) && fieldSelector.AsSpan(NameField.Length).IndexOfAny(",=!") < 0
            ? fieldSelector[NameField.Length..]
            : null;

    /// <summary>Whether an object is meant.</summary>
    public bool Matches(StoredObject item) =>
        item.Type == Type
        && (Namespace is null || item.Namespace == Namespace)
        && (Fields is null || Fields.Matches(item.Body))
        && (Labels is null || Labels.Matches(item.Body));

    /// <summary>The objects that are meant now, ordered by namespace and name, and the version they are a snapshot of.</summary>
    public (IReadOnlyList<StoredObject> Items, long Version) In(ObjectStore store)
    {
        // Waiting for one object is what helm and kubectl do most; it costs one look.
        if (Name is not null && (Namespace is not null || !Type.Namespaced))
        {
            var version = store.Version;
            return (store.Get(Type, Namespace ?? "", Name) is { } one && Matches(one) ? [one] : [], version);
        }

        var (items, newest) = store.List(Type, Namespace);
        return (IsPartial ? [.. items.Where(Matches)] : items, newest);
    }
}
