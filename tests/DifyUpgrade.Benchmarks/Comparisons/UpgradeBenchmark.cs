using System.Security.Cryptography;
using DifyUpgrade.Benchmarks.Measuring;

namespace DifyUpgrade.Benchmarks.Comparisons;

/// <summary>A whole upgrade that replaces every pod of the release, against the page of commands that it stands for.</summary>
/// <param name="settings">Where.</param>
internal sealed class UpgradeBenchmark(BenchmarkSettings settings) : Benchmark
{
    private const string PodNames = "{{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}} {{end}}{{end}}";
    private readonly Shell _shell = new(settings.Root);
    private readonly DirectoryInfo _values = Directory.CreateTempSubdirectory("dify-upgrade-benchmark-");
    private readonly string _namespace = "benchmark-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    public override string Name => "upgrade";

    public override string Ours => "./build.sh Upgrade";

    public override string Other => "kubectl get and describe, helm template, upgrade --dry-run, upgrade --wait, kubectl exec in every pod";

    public override string? WhyNot => settings.Kubeconfig is null ? "it writes to a cluster: name one with --kubeconfig and --kube-context" : null;

    private string[] ValuesFiles => ["values-dify.yaml", At("secrets.yaml"), "values-dify-prod.yaml", At("fast.yaml"), At("run.yaml")];

    public override async Task PrepareAsync(CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(At("secrets.yaml"), await File.ReadAllTextAsync(settings.At("values-secrets.example.yaml"), cancellation), cancellation);

        // Production waits 20 s for readiness, which would hide every difference. The same probes on both sides.
        await File.WriteAllTextAsync(At("fast.yaml"), """
            api: {readinessProbe: {initialDelaySeconds: 1, periodSeconds: 1}, terminationGracePeriodSeconds: 2}
            worker: {minReadySeconds: 0, terminationGracePeriodSeconds: 2}
            beat: {minReadySeconds: 0, terminationGracePeriodSeconds: 2}
            web: {readinessProbe: {initialDelaySeconds: 0, periodSeconds: 1}, terminationGracePeriodSeconds: 2}
            """, cancellation);
        await KubectlAsync(["create", "namespace", _namespace], cancellation);
        await MarkAsync(-1, cancellation);
        await BuildAsync(["--install", "--config-map-drift", "apply"], cancellation);
    }

    public override async Task RunOursAsync(int run, CancellationToken cancellation)
    {
        await MarkAsync(run, cancellation);
        await BuildAsync([], cancellation);
    }

    public override async Task RunOtherAsync(int run, CancellationToken cancellation)
    {
        await MarkAsync(run, cancellation);
        await KubectlAsync(["get", "configmap", "dify-prompts", "-o", "yaml"], cancellation);
        await KubectlAsync(["describe", "configmap", "dify-prompts"], cancellation);
        await HelmAsync(["template"], cancellation);
        await HelmAsync(["upgrade", "--dry-run", "--debug"], cancellation);
        await HelmAsync(["upgrade", "--wait", "--timeout", "10m"], cancellation);
        foreach (var component in (string[])["api", "worker", "beat"])
        {
            var pods = await KubectlAsync(["get", "pods", "-l", "component=" + component, "-o", "go-template=" + PodNames], cancellation);
            foreach (var pod in pods.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                await KubectlAsync(["exec", pod, "-c", component, "--", "cat", "/app/api/core/llm_generator/prompts.py"], cancellation);
        }
    }

    public override async Task CleanUpAsync()
    {
        await KubectlAsync(["delete", "namespace", _namespace, "--wait=false", "--ignore-not-found"], CancellationToken.None);
        _values.Delete(recursive: true);
    }

    private string At(string name) => Path.Combine(_values.FullName, name);

    // Another annotation on every pod: each run replaces all of them.
    private Task MarkAsync(int run, CancellationToken cancellation) => File.WriteAllLinesAsync(
        At("run.yaml"),
        ((string[])["api", "worker", "beat", "web"]).Select(component => $"{component}: {{podAnnotations: {{benchmark-run: \"{run}\"}}}}"),
        cancellation);

    private Task<string> BuildAsync(string[] more, CancellationToken cancellation) => _shell.RunAsync(
        settings.At("build.sh"),
        ["Upgrade", "--namespace", _namespace, "--helm", settings.Helm, "--kubeconfig", settings.Kubeconfig!, "--kube-context", settings.KubeContext!, "--values-files", .. ValuesFiles, .. more],
        cancellation);

    private Task<string> HelmAsync(string[] verbs, CancellationToken cancellation) => _shell.RunAsync(
        settings.Helm,
        [verbs[0], "dify", "charts/dify", "--namespace", _namespace, "--kubeconfig", settings.Kubeconfig!, "--kube-context", settings.KubeContext!, .. ValuesFiles.SelectMany(file => (string[])["-f", file]), .. verbs.Skip(1)],
        cancellation);

    private Task<string> KubectlAsync(string[] arguments, CancellationToken cancellation) => _shell.RunAsync(
        "kubectl",
        ["--kubeconfig", settings.Kubeconfig!, "--context", settings.KubeContext!, "--namespace", _namespace, .. arguments],
        cancellation);
}
