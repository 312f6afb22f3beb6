using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>What the workflows do: all that is secret comes in by the environment.</summary>
public abstract class ServerScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    [Fact]
    public async Task A_kubeconfig_and_secret_values_from_the_environment_are_enough_and_are_left_nowhere()
    {
        var kubeconfig = await File.ReadAllTextAsync(Cluster.Kubeconfig, TestContext.Current.CancellationToken);
        var values = await File.ReadAllTextAsync(Workspace.At("values-secrets.yaml"), TestContext.Current.CancellationToken);
        File.Delete(Workspace.At("values-secrets.yaml"));

        var run = await Run.OfAsync(Workspace.Build("DryRun", "--namespace", Namespace, "--kube-context", Cluster.Context, "--install", "--config-map-drift", "apply")
            .WithEnvironmentVariables(variables => variables.Set("KUBECONFIG", null).Set("GITHUB_ACTIONS", null).Set("HOME", Workspace.Root).Set("KUBECONFIG_CONTENT", kubeconfig).Set("VALUES_SECRETS", values)));

        run.MustExitWith(0).MustSay($"context {Cluster.Context}").MustNotSay(Workspace.Canary);
        var left = Directory.EnumerateFiles(Workspace.Root, "*", SearchOption.AllDirectories).Where(file => File.ReadAllText(file) is var text && (text.Contains("certificate-authority-data", StringComparison.Ordinal) || text.Contains(Workspace.Canary, StringComparison.Ordinal)));
        Assert.Empty(left);
    }
}
