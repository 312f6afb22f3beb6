using DifyUpgrade.Benchmarks.Measuring;

namespace DifyUpgrade.Benchmarks.Clusters;

/// <summary>
/// A real Kubernetes: the one that was named, the test cluster that runs, or the test cluster started for the benchmarks.
/// Never the one that happens to be current.
/// </summary>
/// <param name="settings">Name it, or not.</param>
internal sealed class RealCluster(BenchmarkSettings settings) : IAsyncDisposable
{
    private static readonly string[] Images = ["image", "langgenius/dify-api:1.12.1", "langgenius/dify-web:1.12.1"];
    private readonly Shell _shell = new(settings.Root);
    private readonly string _script = settings.At("tests/cluster/cluster");
    private Task<string?>? _starting;
    private bool _ours;

    /// <summary>Where it is; known once it is started.</summary>
    public ClusterAddress Address => Found ?? throw new InvalidOperationException("there is no cluster");

    /// <summary>Where it is; null if it was not asked for or there is none.</summary>
    public ClusterAddress? Found { get; private set; }

    /// <summary>Finds or starts it, once.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Why there is none; null if there is.</returns>
    public Task<string?> StartAsync(CancellationToken cancellation) => _starting ??= FindAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_ours)
            await _shell.RunAsync(_script, ["down"], CancellationToken.None);
    }

    private async Task<string?> FindAsync(CancellationToken cancellation)
    {
        if (settings is { Kubeconfig: { } named, KubeContext: { } context })
        {
            Found = new ClusterAddress(named, context);
            return null;
        }

        if (!Environment.IsPrivilegedProcess || !File.Exists("/etc/debian_version"))
            return "the test cluster needs root on Debian; name a cluster to write to with --kubeconfig and --kube-context";
        var wasUp = await RunsAsync(cancellation);
        _ours = !wasUp;
        var kubeconfig = await _shell.RunAsync(_script, [wasUp ? "kubeconfig" : "up"], cancellation);
        await _shell.RunAsync(_script, Images, cancellation);
        Found = new ClusterAddress(kubeconfig.Trim(), "dify-upgrade-test");
        return null;
    }

    private async Task<bool> RunsAsync(CancellationToken cancellation)
    {
        try
        {
            await _shell.RunAsync(_script, ["status"], cancellation);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
