using DifyUpgrade.Cluster;
using DifyUpgrade.Permissions;
using Xunit;

namespace DifyUpgrade.Tests.Permissions;

public sealed class RightsFindingsTests
{
    [Fact]
    public void All_that_is_missing_is_said_at_once_with_as_few_rules_as_grant_it()
    {
        RunRight[] rights =
        [
            .. In("", "pods", "list", "watch"),
            .. In("", "services", "list", "watch"),
            new(new AccessNeed("get", "", "pods", "exec") { Namespace = "dify" }),
            new(new AccessNeed("update", "coordination.k8s.io", "leases", Name: "dify-upgrade.dify") { Namespace = "dify" }),
            .. In("apps", "deployments", "get"),
        ];
        var finding = Assert.Single(RightsFindings.Of(rights, [.. rights.SkipLast(1).Select(right => new AccessDenial(right.Need, null))], "cluster prod (context ci)"));

        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Equal("6 rights are missing that this run needs, and nothing was begun: list pods, watch pods, list services, watch services, get pods/exec, update leases.coordination.k8s.io", finding.Seen);
        Assert.Equal("namespace dify, cluster prod (context ci)", finding.Where);
        Assert.Equal(
            """
            Ask for a Role in namespace dify with these rules; charts/access/ has all that deploying and looking need:
            - apiGroups: [""]
              resources: [pods, services]
              verbs: [list, watch]
            - apiGroups: [""]
              resources: [pods/exec]
              verbs: [get]
            - apiGroups: [coordination.k8s.io]
              resources: [leases]
              resourceNames: [dify-upgrade.dify]
              verbs: [update]
            """,
            finding.Remedy,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void What_a_run_can_do_without_is_a_warning()
    {
        RunRight[] rights = [new(new AccessNeed("watch", "", "events") { Namespace = "dify" }, Optional: true)];
        Assert.Equal(Severity.Warning, Assert.Single(RightsFindings.Of(rights, [new AccessDenial(rights[0].Need, null)], "here")).Severity);
        Assert.Empty(RightsFindings.Of(rights, [], "here"));
    }

    private static IEnumerable<RunRight> In(string group, string resource, params string[] verbs) =>
        verbs.Select(verb => new RunRight(new AccessNeed(verb, group, resource) { Namespace = "dify" }));
}
