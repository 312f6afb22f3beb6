using System.Text.Json.Nodes;
using static DifyUpgrade.Sandbox.Tables.TableColumn;

namespace DifyUpgrade.Sandbox.Tables;

/// <summary>Columns of service accounts, roles and their bindings.</summary>
internal static class AccessColumns
{
    private static readonly IReadOnlyList<TableColumn> Role = [ObjectName, CreatedAt];

    private static readonly IReadOnlyList<TableColumn> Binding =
    [
        ObjectName,
        Text("Role", item => $"{item.Text("roleRef", "kind")}/{item.Text("roleRef", "name")}"),
        Age,
        Wide("Users", item => Subjects(item, "User")),
        Wide("Groups", item => Subjects(item, "Group")),
        Wide("ServiceAccounts", item => Subjects(item, "ServiceAccount")),
    ];

    private static readonly Dictionary<ResourceType, IReadOnlyList<TableColumn>> Columns = new()
    {
        [ResourceTypes.ServiceAccounts] = [ObjectName, Text("Secrets", item => item.Items("secrets").Count().ToString()), Age],
        [ResourceTypes.Roles] = Role,
        [ResourceTypes.ClusterRoles] = Role,
        [ResourceTypes.RoleBindings] = Binding,
        [ResourceTypes.ClusterRoleBindings] = Binding,
    };

    /// <summary>The columns of a kind.</summary>
    /// <returns>Null where it is none of these.</returns>
    public static IReadOnlyList<TableColumn>? Of(ResourceType type) => Columns.GetValueOrDefault(type);

    private static string Subjects(JsonObject binding, string kind) => string.Join(", ", binding.Items("subjects")
        .Where(subject => subject.Text("kind") == kind)
        .Select(subject => kind == "ServiceAccount" ? $"{subject.Text("namespace")}/{subject.Text("name")}" : subject.Text("name")));
}
