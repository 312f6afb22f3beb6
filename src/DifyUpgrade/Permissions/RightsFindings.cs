using DifyUpgrade.Cluster;

namespace DifyUpgrade.Permissions;

/// <summary>Says which rights are missing, all at once, with the rules that grant them.</summary>
internal static class RightsFindings
{
    /// <summary>What the reviews came to.</summary>
    /// <param name="rights">What was asked.</param>
    /// <param name="denials">What was denied.</param>
    /// <param name="who">The cluster and the user, for messages.</param>
    /// <returns>A finding for each namespace where rights are missing; an error where one of them is necessary.</returns>
    public static IEnumerable<Finding> Of(IReadOnlyList<RunRight> rights, IReadOnlyList<AccessDenial> denials, string who)
    {
        var denied = denials.Select(denial => denial.Need).ToHashSet();
        foreach (var group in rights.Where(right => denied.Contains(right.Need)).GroupBy(right => right.Need.Namespace))
        {
            List<AccessNeed> needs = [.. group.Select(right => right.Need)];
            var where = $"{Place(group.Key)}, {who}";
            yield return group.All(right => right.Optional)
                ? Finding.Warning($"Without some rights the cause of a failure is found late or not at all: {Names(needs)}", where, "charts/access/deploy.yaml has them")
                : Finding.Error(Missing(needs), where, $"{Grantor(group.Key)} with these rules; charts/access/ has all that deploying and looking need:\n{string.Join('\n', RoleText.Of(needs))}");
        }
    }

    private static string Missing(List<AccessNeed> needs) =>
        $"{(needs.Count == 1 ? "A right is" : $"{needs.Count} rights are")} missing that this run needs, and nothing was begun: {Names(needs)}";

    private static string Names(List<AccessNeed> needs) => string.Join(", ", needs.Select(need => need.Group.Length == 0 ? $"{need}" : $"{need}.{need.Group}"));

    private static string Place(string space) => space.Length > 0 ? $"namespace {space}" : "the whole cluster";

    private static string Grantor(string space) => space.Length > 0 ? $"Ask for a Role in namespace {space}" : "Ask for a ClusterRole";
}
