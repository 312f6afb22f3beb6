using DifyUpgrade.Sandbox.Access;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>A request for objects, as its path and method say.</summary>
/// <param name="Type">The kind; null where the group serves access reviews and the like, which are not stored.</param>
/// <param name="Verb">The verb that RBAC knows.</param>
/// <param name="Group">The API group.</param>
/// <param name="Resource">The kind's plural.</param>
internal sealed record ApiRequest(ResourceType? Type, string Verb, string Group, string Resource)
{
    /// <summary>The namespace; empty for all, or for a kind without one.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The object's name; empty for all.</summary>
    public string Name { get; init; } = "";

    /// <summary>What of the object is meant.</summary>
    public string? Subresource { get; init; }

    /// <summary>What RBAC is asked.</summary>
    public AccessRequest Access => new(Verb)
    {
        Group = Group,
        Resource = Resource,
        Subresource = Subresource,
        Namespace = Type == ResourceTypes.Namespaces ? Name : Namespace,
        Name = Name,
    };

    /// <summary>Reads the path.</summary>
    /// <returns>Null where it leads to no objects.</returns>
    public static ApiRequest? Of(HttpRequest request)
    {
        if (Split(request.Path.Value ?? "") is not var (group, version, rest))
            return null;
        var (space, resource, name, subresource) = rest switch
        {
            ["namespaces", var own, "status" or "finalize"] => ("", rest[0], own, rest[2]),
            ["namespaces", var own] => ("", rest[0], own, null),
            ["namespaces", var named, var plural] => (named, plural, "", null),
            ["namespaces", var named, var plural, var one] => (named, plural, one, null),
            ["namespaces", var named, var plural, var one, var sub] => (named, plural, one, sub),
            [var plural] => ("", plural, "", null),
            [var plural, var one] => ("", plural, one, null),
            [var plural, var one, var sub] => ("", plural, one, (string?)sub),
            _ => ("", "", "", null),
        };
        var type = ResourceTypes.Find(group, version, resource);
        if (!Fits(type, group, version, resource, space, name, subresource))
            return null;
        return new ApiRequest(type, VerbOf(request, name), group, resource) { Namespace = space, Name = name, Subresource = subresource };
    }

    /// <summary>A word of the query; null where it is missing or empty.</summary>
    public static string? Query(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A yes or no of the query. As in the real server anything that is there means yes, but for <c>false</c> and <c>0</c>.</summary>
    public static bool Flag(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var values) && values[0] != "0" && !string.Equals(values[0], "false", StringComparison.OrdinalIgnoreCase);

    private static (string Group, string Version, string[] Tail)? Split(string path) => path.TrimEnd('/').Split('/') switch
    {
        ["", "api", var version, .. { Length: > 0 } rest] => ("", version, rest),
        ["", "apis", var group, var version, .. { Length: > 0 } rest] => (group, version, rest),
        _ => null,
    };

    private static bool Fits(ResourceType? type, string group, string version, string resource, string space, string name, string? subresource)
    {
        if (type is null)
            return version == "v1" && subresource is null && name.Length == 0 && Reviews.IsReview(group, resource, space.Length > 0);
        var placed = type.Namespaced ? space.Length > 0 || name.Length == 0 : space.Length == 0 || type == ResourceTypes.Namespaces;
        return placed && name is not ("." or "..") && (subresource is null || type.Subresources.Contains(subresource));
    }

    private static string VerbOf(HttpRequest request, string name) => request.Method switch
    {
        "GET" or "HEAD" when name.Length > 0 => Flag(request, "watch") ? "watch" : "get",
        "GET" or "HEAD" => Flag(request, "watch") ? "watch" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" when name.Length == 0 => "deletecollection",
        "DELETE" => "delete",
        var other => other.ToLowerInvariant(),
    };
}
