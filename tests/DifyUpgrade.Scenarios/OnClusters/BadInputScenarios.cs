using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>What only a cluster can find wrong: exit code 2, a remedy, nothing changed.</summary>
public abstract class BadInputScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    [Fact]
    public async Task A_missing_namespace_is_named_with_the_command_that_creates_it() =>
        (await BuildAsync("Upgrade", null, "--namespace", "no-such-namespace")).MustExitWith(2).MustSay("There is no namespace 'no-such-namespace'", "create namespace no-such-namespace");

    [Theory]
    [InlineData("Upgrade")]
    [InlineData("Rollback")]
    [InlineData("Status")]
    public async Task A_missing_release_is_named_and_never_installed_by_mistake(string target)
    {
        await AskAsync("create", "configmap", "dify-prompts", "--from-file=prompts.py=" + Workspace.Prompts);
        (await BuildAsync(target, null, "--release", "difi")).MustExitWith(2).MustSay("There is no release 'difi'", "--install");
    }

    [Fact]
    public async Task An_unknown_context_is_named_with_those_that_exist() =>
        (await BuildAsync("Status", null, "--kube-context", "no-such-context")).MustExitWith(2).MustSay("no-such-context", Cluster.Context);

    [Fact]
    public async Task A_missing_right_is_named_by_verb_and_resource()
    {
        var restricted = Path.Combine(Path.GetDirectoryName(Cluster.Kubeconfig)!, "restricted.kubeconfig");
        if (!File.Exists(restricted))
            Assert.Skip($"no user without rights: {restricted} does not exist");
        var context = (await KubectlAsync("config", "current-context", "--kubeconfig", restricted)).Output.Trim();
        (await BuildAsync("Upgrade", null, "--kubeconfig", restricted, "--kube-context", context)).MustExitWith(2).MustSay("rights are missing that this run needs", "get configmaps", "create leases.coordination.k8s.io", Namespace);
        (await BuildAsync("Status", null, "--kubeconfig", restricted, "--kube-context", context)).MustExitWith(2).MustSay("list secrets", "resources: [secrets");
    }

    [Fact]
    public async Task A_chart_that_mounts_the_ConfigMap_nowhere_is_an_error_and_no_pass()
    {
        await AskAsync("create", "configmap", "dify-prompts", "--from-file=prompts.py=" + Workspace.Prompts);
        (await BuildAsync("Upgrade", null, "--install", "--values-files", "values-dify.yaml", "values-secrets.yaml")).MustExitWith(2).MustSay("No workload of the rendered chart mounts the ConfigMap dify-prompts");
        Assert.Empty(await RevisionsAsync());
    }
}
