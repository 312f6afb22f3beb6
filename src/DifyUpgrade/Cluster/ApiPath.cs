namespace DifyUpgrade.Cluster;

/// <summary>Builds paths of the Kubernetes API.</summary>
internal static class ApiPath
{
    /// <summary>A path in the core group.</summary>
    /// <param name="segments">What follows <c>api/v1</c>.</param>
    /// <returns>The path.</returns>
    public static string Core(params IEnumerable<string> segments) => Join(["api", "v1", .. segments]);

    /// <summary>A path in the group of workloads.</summary>
    /// <param name="segments">What follows <c>apis/apps/v1</c>.</param>
    /// <returns>The path.</returns>
    public static string Apps(params IEnumerable<string> segments) => Join(["apis", "apps", "v1", .. segments]);

    /// <summary>The root of a group and version.</summary>
    /// <param name="groupVersion">Such as <c>v1</c> or <c>apps/v1</c>.</param>
    /// <returns>The path.</returns>
    public static string Of(string groupVersion) =>
        groupVersion.Contains('/', StringComparison.Ordinal) ? Join(["apis", .. groupVersion.Split('/')]) : Join(["api", groupVersion]);

    /// <summary>Joins segments; each is escaped.</summary>
    /// <param name="segments">The segments.</param>
    /// <returns>The path.</returns>
    public static string Join(params IEnumerable<string> segments) => string.Join('/', segments.Select(Escape));

    private static string Escape(string segment)
    {
        // An empty name would turn "read this" into "list all", and a dot would climb the path.
        if (segment.Length == 0 || segment is "." or "..")
            throw new ArgumentException($"\"{segment}\" cannot be the name of a Kubernetes object", nameof(segment));
        return Uri.EscapeDataString(segment);
    }
}
