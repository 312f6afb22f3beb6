using DifyUpgrade.Cluster;

namespace DifyUpgrade.Permissions;

/// <summary>An object of a chart, as the API server addresses it.</summary>
/// <param name="Identity">What tells it from the others.</param>
/// <param name="Group">Its API group; empty for core.</param>
/// <param name="Resource">Its kind's plural.</param>
/// <param name="Namespace">Its namespace; empty for a kind without one.</param>
/// <param name="IsHook">Whether helm runs it as a hook.</param>
internal sealed record ChartObject(string Identity, string Group, string Resource, string Namespace, bool IsHook);

/// <summary>What helm and a dry run do to the objects of a chart.</summary>
/// <param name="Before">The objects of the newest revision; empty where there is none.</param>
/// <param name="After">The objects of the revision to be.</param>
internal sealed record ChartRights(IReadOnlyList<ChartObject> Before, IReadOnlyList<ChartObject> After)
{
    private static readonly string[] WorkloadKinds = ["deployments", "statefulsets", "daemonsets"];

    /// <summary>The workloads among the objects, once for each kind and namespace.</summary>
    public IEnumerable<ChartObject> Workloads =>
        Before.Concat(After).Where(one => one is { IsHook: false, Group: "apps" } && WorkloadKinds.Contains(one.Resource)).DistinctBy(one => (one.Resource, one.Namespace));

    /// <summary>What a dry run asks: a patch that is not stored takes the same right as one that is.</summary>
    public IEnumerable<RunRight> Tried => Of(After.Where(one => !one.IsHook), "get", "patch")
        .Concat(Of(New, "create"))
        .Concat(Of(Gone, "get"));

    /// <summary>What helm does when it makes the new revision of the old.</summary>
    public IEnumerable<RunRight> Made => Of(After.Where(one => !one.IsHook), "get")
        .Concat(Of(After.Where(one => !one.IsHook && Before.Any(old => old.Identity == one.Identity)), "patch"))
        .Concat(Of(New, "create"))
        .Concat(Of(Gone, "get", "delete"))
        .Concat(Of(After.Where(one => one.IsHook), "get", "list", "watch", "create", "delete"));

    private IEnumerable<ChartObject> New => After.Where(one => !one.IsHook && !Before.Any(old => old.Identity == one.Identity));

    private IEnumerable<ChartObject> Gone => Before.Where(one => !one.IsHook && !After.Any(now => now.Identity == one.Identity));

    private static IEnumerable<RunRight> Of(IEnumerable<ChartObject> objects, params string[] verbs) =>
        from one in objects.DistinctBy(one => (one.Group, one.Resource, one.Namespace))
        from verb in verbs
        select new RunRight(new AccessNeed(verb, one.Group, one.Resource) { Namespace = one.Namespace });
}
