using System.Globalization;
using System.Text.Json;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>A registry that has the image, perhaps, and does not give it to this cluster.</summary>
public abstract class RegistryScenarios(TestCluster cluster) : FailingScenario(cluster)
{
    private protected static string Registry => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Site.RefusingPort}");

    [Fact]
    public Task A_registry_that_refuses() => RefusingAsync(async () =>
    {
        await AskAsync("create", "secret", "docker-registry", "pull", "--docker-server=" + Registry, "--docker-username=dify", "--docker-password=" + Workspace.Canary);
        await MustFailAsync(
            $"imagePullSecrets: [{{name: pull}}]\nimage: {{web: {{repository: \"{Registry}/private/dify-web\"}}}}",
            $"The registry does not give {Registry}/private/dify-web:{NewerTag} to this cluster: no right to pull it",
            "Check the pull secret (imagePullSecrets)");
        Assert.Equal(["image-refused"], await CausesAsync());
    });

    /// <summary>Does something while the registry refuses.</summary>
    private protected abstract Task RefusingAsync(Func<Task> work);
}

[Trait("Needs", "Kubernetes")]
public sealed class RegistryOnKubernetes() : RegistryScenarios(TestCluster.Kubernetes)
{
    private protected override async Task RefusingAsync(Func<Task> work)
    {
        Assert.SkipUnless(((RealKubernetes)Cluster).IsOwn, "the nodes of another cluster cannot be told to ask a registry on this machine");
        using var registry = Site.RefusingRegistry();
        await work();
        Assert.NotEqual(0, registry.Requests);
    }
}

public sealed class RegistryOnSandbox() : RegistryScenarios(TestCluster.Sandbox)
{
    private protected override async Task RefusingAsync(Func<Task> work)
    {
        // containerd's own words.
        var why = $"failed to resolve reference \"{Registry}/private/dify-web:{NewerTag}\": pulling from host {Registry} failed with status code [manifests {NewerTag}]: 401 Unauthorized";
        Workspace.Write("fault.json", JsonSerializer.Serialize(new { id = Namespace, kind = "image-pull", @namespace = Namespace, container = "web", message = why }));
        await AskAsync("create", "--raw", "/sandbox/faults", "-f", Workspace.At("fault.json"));
        await work();
        await AskAsync("delete", "--raw", "/sandbox/faults?id=" + Namespace);
    }
}
