using DifyUpgrade.Cluster;

namespace DifyUpgrade.Permissions;

/// <summary>Rights as the rules of a Role, to be pasted.</summary>
internal static class RoleText
{
    /// <summary>Writes rules.</summary>
    /// <param name="needs">The rights.</param>
    /// <returns>The lines of as few rules as say it.</returns>
    public static IEnumerable<string> Of(IEnumerable<AccessNeed> needs)
    {
        var resources =
            from need in needs
            group need.Verb by (need.Group, need.Resource, need.Subresource, need.Name) into verbs
            select (verbs.Key.Group, verbs.Key.Name, Resource: verbs.Key.Subresource is null ? verbs.Key.Resource : $"{verbs.Key.Resource}/{verbs.Key.Subresource}", Verbs: string.Join(", ", verbs.Distinct()));
        foreach (var rule in resources.GroupBy(one => (one.Group, one.Name, one.Verbs)))
        {
            yield return $"- apiGroups: [{(rule.Key.Group.Length == 0 ? "\"\"" : rule.Key.Group)}]";
            yield return $"  resources: [{string.Join(", ", rule.Select(one => one.Resource))}]";
            if (rule.Key.Name is not null)
                yield return $"  resourceNames: [{rule.Key.Name}]";
            yield return $"  verbs: [{rule.Key.Verbs}]";
        }
    }
}
