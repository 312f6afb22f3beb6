using System.Security.Cryptography;
using System.Text.Json;
using CliWrap;
using Xunit;

namespace DifyUpgrade.Scenarios.Harness;

/// <summary>A scenario in a namespace of its own, the same on every cluster. What it asserts it asks kubectl, not our own code.</summary>
/// <param name="cluster">The cluster it runs on.</param>
public abstract class ClusterScenario(TestCluster cluster) : IAsyncLifetime
{
    /// <summary>The Dify version that scenarios start from.</summary>
    internal const string OlderTag = "1.11.4";

    /// <summary>The Dify version that scenarios upgrade to.</summary>
    internal const string NewerTag = "1.12.1";

    private const string PromptsPath = "/app/api/core/llm_generator/prompts.py";

    /// <summary>The scenario's namespace.</summary>
    protected string Namespace { get; } = "scenario-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    /// <summary>The cluster it runs on.</summary>
    protected TestCluster Cluster { get; } = cluster;

    private protected Workspace Workspace { get; } = new();

    /// <summary>The hash of the local prompt file.</summary>
    private protected string PromptsSha256 => Sha256Of("custom-configs/prompts.py");

    public async ValueTask InitializeAsync()
    {
        await Cluster.StartAsync(TestContext.Current.CancellationToken);
        (await KubectlAsync("create", "namespace", Namespace)).MustExitWith(0);
    }

    public async ValueTask DisposeAsync()
    {
        await KubectlAsync("delete", "namespace", Namespace, "--wait=false", "--ignore-not-found");
        Workspace.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The hash of a local file.</summary>
    private protected string Sha256Of(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Workspace.At(path))));

    /// <summary>The build program on this scenario's namespace, not yet run.</summary>
    private protected Command Build(string target, string? tag, params string[] arguments)
    {
        Workspace.Write("values-tag.yaml", $"image: {{api: {{tag: \"{tag ?? NewerTag}\"}}, web: {{tag: \"{NewerTag}\"}}}}\n");
        return Workspace.Build(
        [
            target,
            "--namespace", Namespace,
            "--kubeconfig", Cluster.Kubeconfig,
            "--kube-context", Cluster.Context,
            "--values-files", "values-dify.yaml", "values-secrets.yaml", "values-dify-prod.yaml", "values-fast.yaml", "values-tag.yaml", .. File.Exists(Workspace.At("values-broken.yaml")) ? (string[])["values-broken.yaml"] : [],
            .. arguments.Contains("--timeout") ? Array.Empty<string>() : ["--timeout", "5m"],
            .. arguments,
        ]);
    }

    /// <summary>Runs a target to its end.</summary>
    private protected Task<Run> BuildAsync(string target, string? tag, params string[] arguments) => Run.OfAsync(Build(target, tag, arguments));

    /// <summary>A release at revision 1 with the older tag.</summary>
    private protected async Task InstallAsync() =>
        (await BuildAsync("Upgrade", OlderTag, "--install", "--config-map-drift", "apply")).MustExitWith(0);

    /// <summary>kubectl on the test cluster.</summary>
    private protected Task<Run> KubectlAsync(params string[] arguments) => Run.OfAsync(
        Cli.Wrap("kubectl").WithArguments(["--kubeconfig", Cluster.Kubeconfig, "--context", Cluster.Context, .. arguments]));

    /// <summary>What kubectl prints, which must succeed.</summary>
    private protected async Task<string> AskAsync(params string[] arguments) =>
        (await KubectlAsync(["-n", Namespace, .. arguments])).MustExitWith(0).Output.Trim();

    /// <summary>Sends a signal to the helm that upgrades this scenario's release.</summary>
    private protected async Task SignalHelmAsync(string signal) =>
        (await Run.OfAsync(Cli.Wrap("pkill").WithArguments(["-" + signal, "-f", $"helm upgrade dify .*--namespace {Namespace} "]))).MustExitWith(0);

    /// <summary>Does something while an admission webhook is asked about this scenario's namespace.</summary>
    private protected async Task WithWebhookAsync(string address, string authority, string rule, Func<Task> work)
    {
        (await KubectlAsync("label", "namespace", Namespace, "scenario=" + Namespace, "--overwrite")).MustExitWith(0);
        Workspace.Write("custom-configs/webhook.yaml", WebhookRegistration.Write(Namespace, address, authority, rule));
        (await KubectlAsync("apply", "-f", Workspace.At("custom-configs/webhook.yaml"))).MustExitWith(0);
        try
        {
            await work();
        }
        finally
        {
            await KubectlAsync("delete", "validatingwebhookconfiguration", Namespace);
        }
    }

    /// <summary>The names of a component's pods that are not on their way out.</summary>
    private protected async Task<string[]> PodsAsync(string component)
    {
        var names = await AskAsync("get", "pods", "-l", "component=" + component, "-o", "go-template={{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}} {{end}}{{end}}");
        return names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Fails unless every pod of the component serves exactly these bytes.</summary>
    private protected async Task MustServeAsync(string component, string sha256, string path = PromptsPath)
    {
        var pods = await PodsAsync(component);
        Assert.NotEmpty(pods);
        foreach (var pod in pods)
            Assert.StartsWith(sha256, await AskAsync("exec", pod, "-c", component, "--", "sha256sum", path), StringComparison.Ordinal);
    }

    /// <summary>The report that a run left, the last one by default, in which no secret may be, as in none of its other forms.</summary>
    private protected async Task<JsonElement> ReportAsync(string folder = "report")
    {
        foreach (var file in Directory.GetFiles(Workspace.At($"artifacts/{folder}")))
            Assert.DoesNotContain(Workspace.Canary, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(Workspace.At($"artifacts/{folder}/report.json"), TestContext.Current.CancellationToken));
        return report.RootElement.Clone();
    }

    /// <summary>The release's revisions with their status, oldest first: <c>1 superseded</c>.</summary>
    private protected async Task<string[]> RevisionsAsync()
    {
        var lines = await AskAsync("get", "secrets", "-l", "owner=helm,name=dify", "-o", "go-template={{range .items}}{{.metadata.labels.version}} {{.metadata.labels.status}}{{\"\\n\"}}{{end}}");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).OrderBy(line => int.Parse(line.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture))];
    }
}
