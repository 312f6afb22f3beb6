using DifyUpgrade.Cluster;
using DifyUpgrade.Parameters;
using DifyUpgrade.Releases.Locking;

namespace DifyUpgrade.Permissions;

/// <summary>Which rights targets need. The one list of them: charts/access/ is held against it by a test.</summary>
/// <param name="parameters">What was typed.</param>
/// <param name="chart">The chart's objects.</param>
/// <param name="execTakesCreate">Whether the server wants <c>create</c> for an exec over WebSocket, too: from Kubernetes 1.35 on.</param>
internal sealed class NeededRights(DeploymentParameters parameters, ChartRights chart, bool execTakesCreate)
{
    /// <summary>Everything that some targets need.</summary>
    /// <param name="targets">The targets, by name; those that need no cluster may be among them.</param>
    /// <returns>Each right once, the necessary ones first.</returns>
    public IReadOnlyList<RunRight> Of(IEnumerable<string> targets) =>
    [
        .. targets.SelectMany(Of)
            .OrderBy(right => right.Optional)
            .DistinctBy(right => right.Need)
            .OrderBy(right => right.Optional)
            .ThenBy(right => right.Need.Group, StringComparer.Ordinal)
            .ThenBy(right => right.Need.Resource, StringComparer.Ordinal),
    ];

    private IEnumerable<RunRight> Of(string target) => target switch
    {
        "ValidateConfigMap" => [.. In("", "configmaps", "get"), .. parameters.ProbeImage ? Probing : []],
        "DryRun" => [.. In("", "secrets", "list"), .. chart.Tried],
        "Upgrade" => [.. Releasing, .. PromptWriting, .. chart.Made],
        "VerifyMount" => Looking,
        "Rollback" or "Repair" => [.. Releasing, .. In("", "secrets", "get"), .. PromptWriting, .. Looking, .. chart.Made],
        "RefreshPrompts" => [.. In("", "secrets", "list"), .. PromptWriting, .. Locking, .. Watching, .. Restarting, .. Looking],
        "Status" => [.. In("", "secrets", "list"), .. In("", "configmaps", "get", "list"), .. Looking],
        "DiffPrompts" => [.. In("", "secrets", "list"), .. Looking],
        "UpdatePromptContract" => Probing,
        _ => [],
    };

    // helm keeps its revisions as Secrets, and looks at one before it deletes it.
    private IEnumerable<RunRight> Releasing =>
    [
        .. In("", "secrets", "get", "list", "create", "update", "delete"),
        .. Locking,
        .. Watching,
        .. Restarting,
        .. Looking,
    ];

    private IEnumerable<RunRight> PromptWriting => In("", "configmaps", "get", "list", "create", "update", "delete");

    private IEnumerable<RunRight> Locking => In("coordination.k8s.io", "leases", "create")
        .Concat(In("coordination.k8s.io", "leases", "get", "update").Select(right => right with { Need = right.Need with { Name = ReleaseLock.NameOf(parameters.Release) } }));

    private IEnumerable<RunRight> Watching =>
    [
        .. In("", "pods", "get", "list", "watch"),
        .. chart.Workloads.SelectMany(one => Workload(one, "get", "list", "watch")),
        .. chart.Workloads.Any(one => one.Resource == "deployments") ? (IEnumerable<RunRight>)[.. In("apps", "replicasets", "list"), .. Optional(In("apps", "replicasets", "watch"))] : [],
        .. Optional(In("", "events", "list", "watch")),
        .. Optional(In("", "pods", "get").Select(right => right with { Need = right.Need with { Subresource = "log" } })),
    ];

    private IEnumerable<RunRight> Restarting => chart.Workloads.SelectMany(one => Workload(one, "patch"));

    private IEnumerable<RunRight> Looking =>
    [
        .. In("", "pods", "get", "list"),
        .. chart.Workloads.SelectMany(one => Workload(one, "get")),
        .. (execTakesCreate ? In("", "pods", "get", "create") : In("", "pods", "get")).Select(right => right with { Need = right.Need with { Subresource = "exec" } }),
    ];

    private IEnumerable<RunRight> Probing =>
    [
        .. In("", "configmaps", "get", "create", "update", "delete"),
        .. In("", "pods", "list", "watch", "create", "delete"),
        .. In("", "pods", "get").Select(right => right with { Need = right.Need with { Subresource = "log" } }),
    ];

    private static IEnumerable<RunRight> Workload(ChartObject workload, params string[] verbs) =>
        verbs.Select(verb => new RunRight(new AccessNeed(verb, workload.Group, workload.Resource) { Namespace = workload.Namespace }));

    private static IEnumerable<RunRight> Optional(IEnumerable<RunRight> rights) => rights.Select(right => right with { Optional = true });

    private IEnumerable<RunRight> In(string group, string resource, params string[] verbs) =>
        verbs.Select(verb => new RunRight(new AccessNeed(verb, group, resource) { Namespace = parameters.Namespace }));
}
