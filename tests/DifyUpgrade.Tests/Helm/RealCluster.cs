using DifyUpgrade.Helm;
using k8s;
using k8s.Models;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

/// <summary>A namespace of its own on a real Kubernetes, when there is one to test on.</summary>
public sealed class RealCluster : IAsyncLifetime
{
    private const string Variable = "DIFY_UPGRADE_TEST_KUBECONFIG";

    private readonly string? _kubeconfig = Environment.GetEnvironmentVariable(Variable);
    private Kubernetes? _kubernetes;

    internal string Namespace { get; } = $"helm-boundary-{Guid.NewGuid().ToString("N")[..8]}";

    internal HelmConnection Connection
    {
        get
        {
            Assert.SkipWhen(_kubernetes is null, $"Set {Variable} to the kubeconfig of a Kubernetes that may be written to.");
            return new HelmConnection { Kubeconfig = _kubeconfig, KubeContext = null };
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (string.IsNullOrEmpty(_kubeconfig))
            return;
        _kubernetes = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(_kubeconfig));
        await _kubernetes.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = Namespace } });
    }

    public async ValueTask DisposeAsync()
    {
        if (_kubernetes is null)
            return;
        await _kubernetes.CoreV1.DeleteNamespaceAsync(Namespace);
        _kubernetes.Dispose();
    }
}
