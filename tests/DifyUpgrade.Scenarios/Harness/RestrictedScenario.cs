using CliWrap;
using Xunit;

namespace DifyUpgrade.Scenarios.Harness;

/// <summary>A scenario in which the build works with one of the Roles that <c>charts/access</c> ships, and no other right.</summary>
/// <param name="cluster">The cluster it runs on.</param>
public abstract class RestrictedScenario(TestCluster cluster) : ClusterScenario(cluster)
{
    private string Kubeconfig => Workspace.At("kubeconfig");

    /// <summary>A service account with one Role, and a kubeconfig with its token.</summary>
    private protected async Task BecomeAsync(string role)
    {
        await AskAsync("apply", "-f", Workspace.At($"charts/access/{role}.yaml"));
        await AskAsync("create", "serviceaccount", role);
        await AskAsync("create", "rolebinding", role, "--role", "dify-upgrade-" + role, "--serviceaccount", $"{Namespace}:{role}");
        var token = await AskAsync("create", "token", role);
        await File.WriteAllTextAsync(Kubeconfig, await AskAsync("config", "view", "--raw", "--minify", "--flatten"), TestContext.Current.CancellationToken);
        var cluster = await AskAsync("config", "view", "--minify", "-o", "jsonpath={.clusters[0].name}");
        foreach (var change in (string[][])[["set-credentials", role, "--token", token], ["set-context", "restricted", "--cluster", cluster, "--user", role], ["use-context", "restricted"]])
            (await Run.OfAsync(Cli.Wrap("kubectl").WithArguments(["--kubeconfig", Kubeconfig, "config", .. change]))).MustExitWith(0);
    }

    /// <summary>The build program as that service account, not yet run.</summary>
    private protected Command BuildAs(string target, string? tag, params string[] arguments) =>
        Build(target, tag, ["--kubeconfig", Kubeconfig, "--kube-context", "restricted", .. arguments]);

    /// <summary>Runs a target to its end as that service account.</summary>
    private protected Task<Run> AsAsync(string target, string? tag, params string[] arguments) => Run.OfAsync(BuildAs(target, tag, arguments));
}
