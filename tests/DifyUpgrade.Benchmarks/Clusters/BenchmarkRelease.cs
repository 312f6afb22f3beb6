using System.Security.Cryptography;
using DifyUpgrade.Benchmarks.Measuring;

namespace DifyUpgrade.Benchmarks.Clusters;

/// <summary>A release of the chart in a namespace of its own, which goes away with it.</summary>
/// <param name="settings">Name the tools.</param>
/// <param name="cluster">Where.</param>
internal sealed class BenchmarkRelease(BenchmarkSettings settings, ClusterAddress cluster) : IAsyncDisposable
{
    private readonly Shell _shell = new(settings.Root);
    private readonly DirectoryInfo _values = Directory.CreateTempSubdirectory("dify-upgrade-benchmark-");
    private readonly List<string> _valuesFiles = [];

    /// <summary>Its namespace.</summary>
    public string Namespace { get; } = "benchmark-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    /// <summary>The values files of every run, a later one wins.</summary>
    public IReadOnlyList<string> ValuesFiles => ["values-dify.yaml", "values-secrets.example.yaml", "values-dify-prod.yaml", .. _valuesFiles];

    /// <summary>What selects the cluster and the namespace in a line typed by hand.</summary>
    public string KubectlLine => $"kubectl --kubeconfig '{cluster.Kubeconfig}' --context '{cluster.Context}' --namespace {Namespace}";

    /// <summary>Makes the namespace.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>When there.</returns>
    public Task CreateAsync(CancellationToken cancellation) => KubectlAsync(["create", "namespace", Namespace], cancellation);

    /// <summary>Adds or replaces a values file that wins over the production ones.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="yaml">Its content.</param>
    public void SetValues(string name, string yaml)
    {
        var path = Path.Combine(_values.FullName, name);
        File.WriteAllText(path, yaml);
        if (!_valuesFiles.Contains(path))
            _valuesFiles.Add(path);
    }

    /// <summary>Changes an annotation on every pod, so that the next upgrade replaces all of them.</summary>
    /// <param name="run">Another number each time.</param>
    public void Mark(int run) => SetValues("run.yaml", string.Join('\n', ((string[])["api", "worker", "beat", "web"]).Select(component => $"{component}: {{podAnnotations: {{benchmark-run: \"{run}\"}}}}")));

    /// <summary>The first revision, with its ConfigMap.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>When rolled out and proven.</returns>
    public async Task InstallAsync(CancellationToken cancellation)
    {
        await CreateAsync(cancellation);
        Mark(-1);
        await BuildAsync("Upgrade", ["--install", "--config-map-drift", "apply", "--failure-grace", "5m"], cancellation);
    }

    /// <summary>Runs a target of the build and looks at its memory.</summary>
    /// <param name="target">The target.</param>
    /// <param name="more">Further arguments.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What it wrote, and its memory.</returns>
    public Task<Ran> BuildAsync(string target, string[] more, CancellationToken cancellation) => _shell.WatchMemoryAsync(
        settings.At("build.sh"),
        [target, "--namespace", Namespace, "--helm", settings.Helm, "--kubeconfig", cluster.Kubeconfig, "--kube-context", cluster.Context, "--values-files", .. ValuesFiles, .. more],
        cancellation);

    /// <summary>Runs helm on the release.</summary>
    /// <param name="verb">Such as <c>upgrade</c>.</param>
    /// <param name="more">Further arguments.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What it wrote.</returns>
    public Task<string> HelmAsync(string verb, string[] more, CancellationToken cancellation) => _shell.RunAsync(
        settings.Helm,
        [verb, "dify", "charts/dify", "--namespace", Namespace, "--kubeconfig", cluster.Kubeconfig, "--kube-context", cluster.Context, .. ValuesFiles.SelectMany(file => (string[])["-f", file]), .. more],
        cancellation);

    /// <summary>Runs kubectl in the namespace.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What it wrote.</returns>
    public Task<string> KubectlAsync(string[] arguments, CancellationToken cancellation) => _shell.RunAsync(
        "kubectl",
        ["--kubeconfig", cluster.Kubeconfig, "--context", cluster.Context, "--namespace", Namespace, .. arguments],
        cancellation);

    /// <summary>Runs a line as it would be typed.</summary>
    /// <param name="line">The line.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What it wrote.</returns>
    public Task<string> BashAsync(string line, CancellationToken cancellation) => _shell.RunAsync("bash", ["-euo", "pipefail", "-c", line], cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _values.Delete(recursive: true);
        await KubectlAsync(["delete", "namespace", Namespace, "--wait=false", "--ignore-not-found"], CancellationToken.None);
    }
}
