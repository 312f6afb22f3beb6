using Xunit;

namespace DifyUpgrade.Scenarios.Harness;

/// <summary>The cluster that the environment names; never the developer's current one by accident.</summary>
internal sealed class RealKubernetes : TestCluster
{
    private const string KubeconfigVariable = "DIFY_UPGRADE_TEST_KUBECONFIG";
    private const string ContextVariable = "DIFY_UPGRADE_TEST_CONTEXT";
    private const string OwnContext = "dify-upgrade-test";

    /// <inheritdoc/>
    public override string Kubeconfig => Environment.GetEnvironmentVariable(KubeconfigVariable) ?? "";

    /// <inheritdoc/>
    public override string Context => Environment.GetEnvironmentVariable(ContextVariable) is { Length: > 0 } context ? context : OwnContext;

    /// <summary>Whether it is the one that <c>tests/cluster</c> starts on this machine.</summary>
    public bool IsOwn => Context == OwnContext;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellation)
    {
        Assert.SkipWhen(Kubeconfig.Length == 0, $"no cluster: run ./build.sh TestOnKubernetes, or set {KubeconfigVariable}");
        return Task.CompletedTask;
    }
}
