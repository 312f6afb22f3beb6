using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>The rules for roles and bindings.</summary>
internal static class AccessValidation
{
    /// <summary>A Role or ClusterRole.</summary>
    public static void Role(JsonObject body, FieldErrors errors)
    {
        var rules = body.Items("rules").ToList();
        for (var index = 0; index < rules.Count; index++)
        {
            if (rules[index]["verbs"] is not JsonArray { Count: > 0 })
                errors.Required($"rules[{index}].verbs", "verbs must contain at least one value");
            if (rules[index]["nonResourceURLs"] is JsonArray { Count: > 0 })
                continue;
            if (rules[index]["apiGroups"] is not JsonArray { Count: > 0 })
                errors.Required($"rules[{index}].apiGroups", "resource rules must supply at least one api group");
            if (rules[index]["resources"] is not JsonArray { Count: > 0 })
                errors.Required($"rules[{index}].resources", "resource rules must supply at least one resource");
        }
    }

    /// <summary>A RoleBinding or ClusterRoleBinding.</summary>
    public static void Binding(JsonObject body, JsonObject? before, FieldErrors errors)
    {
        if (before is not null && !JsonNode.DeepEquals(before["roleRef"], body["roleRef"]))
            errors.Invalid("roleRef", $"rbac.RoleRef{{APIGroup:\"{body.Text("roleRef", "apiGroup")}\", Kind:\"{body.Text("roleRef", "kind")}\", Name:\"{body.Text("roleRef", "name")}\"}}", "cannot change roleRef");
        if (body.Text("roleRef", "kind") is not ("Role" or "ClusterRole"))
            errors.NotSupported("roleRef.kind", body.At("roleRef", "kind"), "ClusterRole", "Role");
        if (body.Text("roleRef", "name") is not { Length: > 0 })
            errors.Required("roleRef.name");
        var subjects = body.Items("subjects").ToList();
        for (var index = 0; index < subjects.Count; index++)
        {
            if (subjects[index].Text("kind") is not ("ServiceAccount" or "User" or "Group"))
                errors.NotSupported($"subjects[{index}].kind", subjects[index]["kind"], "Group", "ServiceAccount", "User");
            if (subjects[index].Text("name") is not { Length: > 0 })
                errors.Required($"subjects[{index}].name");
        }
    }
}
