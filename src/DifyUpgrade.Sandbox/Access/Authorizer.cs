using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Access;

/// <summary>Decides who may do what: role-based access control over the Roles and RoleBindings in the store.</summary>
internal sealed class Authorizer(ObjectStore store)
{
    // What every cluster grants by its own ClusterRoles system:discovery, system:basic-user and system:public-info-viewer.
    private static readonly RoleRule PublicInfo = Rule("""{"verbs":["get"],"nonResourceURLs":["/healthz","/livez","/readyz","/version","/version/"]}""");

    private static readonly RoleRule[] ForAuthenticated =
    [
        PublicInfo,
        Rule("""{"verbs":["get"],"nonResourceURLs":["/api","/api/*","/apis","/apis/*","/openapi","/openapi/*"]}"""),
        Rule("""{"verbs":["create"],"apiGroups":["authorization.k8s.io"],"resources":["selfsubjectaccessreviews","selfsubjectrulesreviews"]}"""),
        Rule("""{"verbs":["create"],"apiGroups":["authentication.k8s.io"],"resources":["selfsubjectreviews"]}"""),
    ];

    private static readonly RoleRule[] ForMasters =
    [
        Rule("""{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}"""),
        Rule("""{"verbs":["*"],"nonResourceURLs":["*"]}"""),
    ];

    /// <summary>Whether somebody may do something.</summary>
    public bool Allows(User user, AccessRequest access) => user.IsMaster || RulesOf(user, access.Namespace).Any(rule => rule.Allows(access));

    /// <summary>Stops one who may not do something.</summary>
    /// <exception cref="ApiException">They may not (403).</exception>
    public void Check(User user, AccessRequest access)
    {
        if (!Allows(user, access))
            throw Forbidden(user, access);
    }

    /// <summary>What somebody may do in a namespace.</summary>
    public IEnumerable<RoleRule> RulesOf(User user, string space)
    {
        var granted = user.IsMaster ? ForMasters : user.IsAuthenticated ? ForAuthenticated : [PublicInfo];
        var bindings = Bindings(ResourceTypes.ClusterRoleBindings, null);
        if (space.Length > 0)
            bindings = bindings.Concat(Bindings(ResourceTypes.RoleBindings, space));
        return granted.Concat(bindings.Where(binding => Means(binding, user)).SelectMany(RulesOf));
    }

    private static RoleRule Rule(string json) => new((JsonObject)JsonNode.Parse(json)!);

    private static bool Means(StoredObject binding, User user) =>
        binding.Body.Items("subjects").Any(subject => user.IsMeantBy(subject.Text("kind"), subject.Text("name"), subject.Text("namespace")));

    private static ApiException Forbidden(User user, AccessRequest access)
    {
        if (access.Path.Length > 0)
            return new ApiException(403, "Forbidden", $"forbidden: User \"{user.Name}\" cannot {access.Verb} path \"{access.Path}\"") { Details = [] };
        var qualified = access.Group.Length == 0 ? access.Resource : $"{access.Resource}.{access.Group}";
        var where = access.Namespace.Length > 0 ? $"in the namespace \"{access.Namespace}\"" : "at the cluster scope";
        var subject = access.Name.Length > 0 ? $"{qualified} \"{access.Name}\"" : qualified;
        var message = $"{subject} is forbidden: User \"{user.Name}\" cannot {access.Verb} resource \"{access.QualifiedResource}\" in API group \"{access.Group}\" {where}";
        return new ApiException(403, "Forbidden", message)
        {
            Details = new JsonObject { ["name"] = access.Name, ["group"] = access.Group, ["kind"] = access.Resource },
        };
    }

    private IEnumerable<StoredObject> Bindings(ResourceType type, string? space) => store.List(type, space).Items;

    private IEnumerable<RoleRule> RulesOf(StoredObject binding)
    {
        var name = binding.Body.Text("roleRef", "name") ?? "";
        var role = binding.Body.Text("roleRef", "kind") == "Role"
            ? store.Get(ResourceTypes.Roles, binding.Namespace, name)
            : store.Get(ResourceTypes.ClusterRoles, "", name);
        return role?.Body.Items("rules").Select(rule => new RoleRule(rule)) ?? [];
    }
}
