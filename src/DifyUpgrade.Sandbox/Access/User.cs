namespace DifyUpgrade.Sandbox.Access;

/// <summary>Who sends a request.</summary>
/// <param name="Name">As RoleBindings name it.</param>
/// <param name="Groups">As RoleBindings name them.</param>
internal sealed record User(string Name, IReadOnlyList<string> Groups)
{
    private const string ServiceAccountPrefix = "system:serviceaccount:";

    /// <summary>One who sent no token.</summary>
    public static readonly User Anonymous = new("system:anonymous", ["system:unauthenticated"]);

    /// <summary>One who may do everything.</summary>
    public static readonly User Admin = new("kubernetes-admin", ["system:masters", "system:authenticated"]);

    /// <summary>Whether it may do everything.</summary>
    public bool IsMaster => Groups.Contains("system:masters");

    /// <summary>Whether it is somebody at all.</summary>
    public bool IsAuthenticated => Groups.Contains("system:authenticated");

    /// <summary>A user, or a service account where the name says so, with the groups that come of it.</summary>
    public static User Named(string name)
    {
        if (!name.StartsWith(ServiceAccountPrefix, StringComparison.Ordinal) || name[ServiceAccountPrefix.Length..].Split(':') is not [var space, _])
            return new User(name, ["system:authenticated"]);
        return new User(name, ["system:serviceaccounts", $"system:serviceaccounts:{space}", "system:authenticated"]);
    }

    /// <summary>The service account of that name.</summary>
    public static User ServiceAccount(string space, string name) => Named($"{ServiceAccountPrefix}{space}:{name}");

    /// <summary>Whether a subject of a RoleBinding means this user.</summary>
    /// <param name="kind"><c>User</c>, <c>Group</c> or <c>ServiceAccount</c>.</param>
    /// <param name="name">The subject's name.</param>
    /// <param name="space">A service account's namespace.</param>
    public bool IsMeantBy(string? kind, string? name, string? space) => kind switch
    {
        "User" => name == Name,
        "Group" => name is not null && Groups.Contains(name),
        "ServiceAccount" => Name == $"{ServiceAccountPrefix}{space}:{name}",
        _ => false,
    };
}
