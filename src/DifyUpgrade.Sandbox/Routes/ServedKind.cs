namespace DifyUpgrade.Sandbox.Routes;

/// <summary>A line of discovery: a kind or one of its subresources.</summary>
/// <param name="Name"><c>pods</c> or <c>pods/exec</c>.</param>
/// <param name="Kind">The kind that is sent and answered.</param>
/// <param name="Namespaced">Whether it lives in a namespace.</param>
/// <param name="Verbs">What can be done with it.</param>
internal sealed record ServedKind(string Name, string Kind, bool Namespaced, IReadOnlyList<string> Verbs)
{
    private static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    private static readonly string[] CreateOnly = ["create"];
    private static readonly string[] Connect = ["create", "get"];

    /// <summary>The group of the kind, where it is another than the path's.</summary>
    public string Group { get; init; } = "";

    /// <summary>The version of the kind, where it is another than the path's.</summary>
    public string Version { get; init; } = "";

    /// <summary>The stored kind; null for subresources and reviews.</summary>
    public ResourceType? Type { get; init; }

    /// <summary>Its name for one.</summary>
    public string Singular => Name.Contains('/', StringComparison.Ordinal) ? "" : Kind.ToLowerInvariant();

    /// <summary>A stored kind, followed by its subresources.</summary>
    public static IEnumerable<ServedKind> Of(ResourceType type) =>
    [
        new ServedKind(type.Plural, type.Kind, type.Namespaced, AllVerbs) { Type = type },
        .. type.Subresources.Order(StringComparer.Ordinal).Select(name => OfSubresource(type, name)),
    ];

    /// <summary>The kinds that are asked and answered, but not stored.</summary>
    public static IEnumerable<ServedKind> Reviews(string group) => group switch
    {
        "authentication.k8s.io" =>
        [
            new("selfsubjectreviews", "SelfSubjectReview", false, CreateOnly),
            new("tokenreviews", "TokenReview", false, CreateOnly),
        ],
        "authorization.k8s.io" =>
        [
            new("localsubjectaccessreviews", "LocalSubjectAccessReview", true, CreateOnly),
            new("selfsubjectaccessreviews", "SelfSubjectAccessReview", false, CreateOnly),
            new("selfsubjectrulesreviews", "SelfSubjectRulesReview", false, CreateOnly),
            new("subjectaccessreviews", "SubjectAccessReview", false, CreateOnly),
        ],
        _ => [],
    };

    private static ServedKind OfSubresource(ResourceType type, string subresource)
    {
        var name = $"{type.Plural}/{subresource}";
        return subresource switch
        {
            "scale" => new(name, "Scale", type.Namespaced, ["get", "patch", "update"]) { Group = "autoscaling", Version = "v1" },
            "eviction" => new(name, "Eviction", type.Namespaced, CreateOnly) { Group = "policy", Version = "v1" },
            "token" => new(name, "TokenRequest", type.Namespaced, CreateOnly) { Group = "authentication.k8s.io", Version = "v1" },
            "binding" => new(name, "Binding", type.Namespaced, CreateOnly),
            "exec" => new(name, "PodExecOptions", type.Namespaced, Connect),
            "attach" => new(name, "PodAttachOptions", type.Namespaced, Connect),
            "portforward" => new(name, "PodPortForwardOptions", type.Namespaced, Connect),
            "log" => new(name, type.Kind, type.Namespaced, ["get"]),
            "finalize" => new(name, type.Kind, type.Namespaced, ["update"]),
            _ => new(name, type.Kind, type.Namespaced, ["get", "patch", "update"]),
        };
    }
}
