using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>What the server says about what it serves, in the plain and in the aggregated form.</summary>
internal static class Discovery
{
    private static readonly (string Group, string Version)[] GroupVersions =
    [
        .. ResourceTypes.All.Select(type => (type.Group, type.Version)).Distinct().Where(pair => pair.Group.Length > 0),
        ("authentication.k8s.io", "v1"), ("authorization.k8s.io", "v1"),
    ];

    /// <summary>The answer to a path under <c>/api</c> or <c>/apis</c>.</summary>
    /// <param name="path">The path, without slashes at its end.</param>
    /// <param name="server">Where the server is reached, as host and port.</param>
    /// <returns>Null where the path names nothing.</returns>
    public static JsonObject? Plain(string path, string server) => path.Split('/') switch
    {
        ["", "api"] => Versions(server),
        ["", "api", "v1"] => Resources("", "v1"),
        ["", "apis"] => new JsonObject
        {
            ["kind"] = "APIGroupList",
            ["apiVersion"] = "v1",
            ["groups"] = new JsonArray([.. GroupVersions.Select(pair => Group(pair.Group, pair.Version))]),
        },
        ["", "apis", var group] => Standalone(group),
        ["", "apis", var group, var version] when GroupVersions.Contains((group, version)) => Resources(group, version),
        _ => null,
    };

    /// <summary>Everything under <c>/api</c> or <c>/apis</c> at once.</summary>
    /// <param name="path">One of the two.</param>
    /// <param name="version">Of <c>apidiscovery.k8s.io</c>.</param>
    public static JsonObject Aggregated(string path, string version) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = $"apidiscovery.k8s.io/{version}",
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. (path == "/api" ? [("", "v1")] : GroupVersions).Select(pair => AggregatedGroup(pair.Item1, pair.Item2))]),
    };

    private static JsonObject Versions(string server) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = server }),
    };

    private static JsonObject? Standalone(string group)
    {
        if (GroupVersions.FirstOrDefault(pair => pair.Group == group) is not { Version: { } version })
            return null;
        var body = Group(group, version);
        body.Insert(0, "kind", "APIGroup");
        body.Insert(1, "apiVersion", "v1");
        return body;
    }

    private static JsonObject Group(string group, string version) => new()
    {
        ["name"] = group,
        ["versions"] = new JsonArray(GroupVersion(group, version)),
        ["preferredVersion"] = GroupVersion(group, version),
    };

    private static JsonObject GroupVersion(string group, string version) => new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };

    private static JsonObject Resources(string group, string version) => new()
    {
        ["kind"] = "APIResourceList",
        ["apiVersion"] = "v1",
        ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
        ["resources"] = new JsonArray([.. Served(group, version).Select(Resource)]),
    };

    private static IEnumerable<ServedKind> Served(string group, string version) => ResourceTypes.All
        .Where(type => type.Group == group && type.Version == version)
        .OrderBy(type => type.Plural, StringComparer.Ordinal)
        .SelectMany(ServedKind.Of)
        .Concat(ServedKind.Reviews(group));

    private static JsonObject Resource(ServedKind served)
    {
        var resource = new JsonObject { ["name"] = served.Name, ["singularName"] = served.Singular, ["namespaced"] = served.Namespaced };
        if (served.Version.Length > 0)
        {
            resource["group"] = served.Group;
            resource["version"] = served.Version;
        }

        resource["kind"] = served.Kind;
        resource["verbs"] = Texts(served.Verbs);
        AddNames(resource, served);
        return resource;
    }

    private static void AddNames(JsonObject resource, ServedKind served)
    {
        if (served.Type is { ShortNames.Count: > 0 })
            resource["shortNames"] = Texts(served.Type.ShortNames);
        if (served.Type is { Categories.Count: > 0 })
            resource["categories"] = Texts(served.Type.Categories);
    }

    private static JsonObject AggregatedGroup(string group, string version) => new()
    {
        ["metadata"] = group.Length == 0 ? new JsonObject() : new JsonObject { ["name"] = group },
        ["versions"] = new JsonArray(new JsonObject
        {
            ["version"] = version,
            ["resources"] = new JsonArray([.. AggregatedResources(group, version)]),
            ["freshness"] = "Current",
        }),
    };

    private static IEnumerable<JsonNode> AggregatedResources(string group, string version)
    {
        var served = Served(group, version).ToList();
        return served.Where(kind => kind.Singular.Length > 0).Select(kind => AggregatedResource(group, version, kind, served));
    }

    private static JsonObject AggregatedResource(string group, string version, ServedKind kind, List<ServedKind> served)
    {
        var resource = new JsonObject
        {
            ["resource"] = kind.Name,
            ["responseKind"] = ResponseKind(group, version, kind),
            ["scope"] = kind.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = kind.Singular,
            ["verbs"] = Texts(kind.Verbs),
        };
        AddNames(resource, kind);
        if (served.Where(other => other.Name.StartsWith(kind.Name + "/", StringComparison.Ordinal)).ToList() is { Count: > 0 } subresources)
            resource["subresources"] = new JsonArray([.. subresources.Select(other => Subresource(group, version, other))]);
        return resource;
    }

    private static JsonObject Subresource(string group, string version, ServedKind kind) => new()
    {
        ["subresource"] = kind.Name.Split('/')[1],
        ["responseKind"] = ResponseKind(group, version, kind),
        ["verbs"] = Texts(kind.Verbs),
    };

    private static JsonObject ResponseKind(string group, string version, ServedKind kind) => new()
    {
        ["group"] = kind.Version.Length > 0 ? kind.Group : group,
        ["version"] = kind.Version.Length > 0 ? kind.Version : version,
        ["kind"] = kind.Kind,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
