using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Access;

/// <summary>One rule of a Role or ClusterRole.</summary>
/// <param name="Json">The rule as written: verbs, apiGroups, resources, resourceNames, nonResourceURLs.</param>
internal sealed record RoleRule(JsonObject Json)
{
    /// <summary>Whether it allows something.</summary>
    public bool Allows(AccessRequest access) =>
        Has("verbs", access.Verb) && (access.Path.Length > 0 ? AllowsPath(access.Path) : AllowsResource(access));

    private bool AllowsResource(AccessRequest access) =>
        Has("apiGroups", access.Group)
        && (Has("resources", access.QualifiedResource) || (access.Subresource is not null && Texts("resources").Contains("*/" + access.Subresource)))
        && (Json.At("resourceNames") is not JsonArray { Count: > 0 } || (access.Name.Length > 0 && Texts("resourceNames").Contains(access.Name)));

    private bool AllowsPath(string path) =>
        Texts("nonResourceURLs").Any(pattern => pattern == path || (pattern.EndsWith('*') && path.StartsWith(pattern[..^1], StringComparison.Ordinal)));

    private bool Has(string field, string value) => Texts(field).Any(text => text == value || text == "*");

    private IEnumerable<string> Texts(string field) => Json.At(field) is JsonArray texts ? texts.OfType<JsonValue>().Select(text => text.ToString()) : [];
}
