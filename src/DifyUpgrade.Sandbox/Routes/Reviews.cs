using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Access;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Answers who somebody is and what they may do: kinds that are asked and answered, but not stored.</summary>
internal sealed class Reviews(Authorizer authorizer, Func<string, User?> ownerOf)
{
    /// <summary>Whether a path names such a kind.</summary>
    public static bool IsReview(string group, string resource, bool inNamespace) =>
        ServedKind.Reviews(group).Any(kind => kind.Name == resource && kind.Namespaced == inNamespace);

    /// <summary>Fills in the status.</summary>
    /// <param name="resource">The kind's plural.</param>
    /// <param name="user">Who asks.</param>
    /// <param name="body">What is asked.</param>
    public JsonObject Answer(string resource, User user, JsonObject body)
    {
        body.Child("metadata")["creationTimestamp"] = null;
        body["status"] = resource switch
        {
            "selfsubjectreviews" => new JsonObject { ["userInfo"] = Info(user) },
            "tokenreviews" => TokenStatus(body.Text("spec", "token") ?? ""),
            "selfsubjectaccessreviews" => AccessStatus(user, body["spec"]),
            "selfsubjectrulesreviews" => RulesStatus(user, body.Text("spec", "namespace") ?? ""),
            _ => AccessStatus(Subject(body["spec"]), body["spec"]),
        };
        return body;
    }

    private static JsonObject Info(User user) => new() { ["username"] = user.Name, ["groups"] = new JsonArray([.. user.Groups.Select(group => JsonValue.Create(group))]) };

    private static User Subject(JsonNode? spec)
    {
        var groups = spec.At("groups") is JsonArray texts ? texts.Select(text => text!.ToString()).ToList() : [];
        return new User(spec.Text("user") ?? "", groups);
    }

    private static AccessRequest Asked(JsonNode? spec)
    {
        if (spec.At("nonResourceAttributes") is { } path)
            return new AccessRequest(path.Text("verb") ?? "") { Path = path.Text("path") ?? "" };
        var resource = spec.At("resourceAttributes") ?? throw ApiException.BadRequest("exactly one of nonResourceAttributes or resourceAttributes must be specified");
        return new AccessRequest(resource.Text("verb") ?? "")
        {
            Group = resource.Text("group") ?? "",
            Resource = resource.Text("resource") ?? "",
            Subresource = resource.Text("subresource") is { Length: > 0 } sub ? sub : null,
            Namespace = resource.Text("namespace") ?? "",
            Name = resource.Text("name") ?? "",
        };
    }

    private JsonObject AccessStatus(User user, JsonNode? spec)
    {
        var allowed = authorizer.Allows(user, Asked(spec));
        return allowed ? new JsonObject { ["allowed"] = true, ["reason"] = "RBAC: allowed by a role of the sandbox" } : new JsonObject { ["allowed"] = false };
    }

    private JsonObject RulesStatus(User user, string space)
    {
        var rules = authorizer.RulesOf(user, space).Select(rule => (JsonObject)rule.Json.DeepClone()).ToLookup(rule => rule.ContainsKey("nonResourceURLs"));
        return new JsonObject
        {
            ["resourceRules"] = new JsonArray([.. rules[false]]),
            ["nonResourceRules"] = new JsonArray([.. rules[true]]),
            ["incomplete"] = false,
        };
    }

    private JsonObject TokenStatus(string token) => ownerOf(token) is { } user
        ? new JsonObject { ["authenticated"] = true, ["user"] = Info(user) }
        : new JsonObject { ["authenticated"] = false, ["user"] = new JsonObject() };
}
