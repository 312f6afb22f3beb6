using DifyUpgrade.Helm;
using Serilog.Core;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

/// <summary>The real helm 3.10.1, as far as it goes without a cluster.</summary>
[Collection<UsesRealHelm>]
public sealed class RealHelmTests : IDisposable
{
    private const string Kubeconfig =
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: SERVER}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        users: [{name: u, user: {token: t}}]
        current-context: c
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("real-helm-tests-").FullName;
    private readonly RealHelm _helm;

    public RealHelmTests(RealHelm helm)
    {
        _helm = helm;
        Write("chart/Chart.yaml", "apiVersion: v2\nname: tiny\nversion: 0.1.0\n");
        Write("chart/templates/all.yaml", "upgrade: {{ .Release.IsUpgrade }}\nkube: {{ .Capabilities.KubeVersion }}\ncron: {{ .Capabilities.APIVersions.Has \"own/v1/Cron\" }}\nvalue: {{ .Values.a }}\n");
        Write("chart/templates/test.yaml", "kind: Pod\nmetadata:\n  annotations:\n    helm.sh/hook: test\n");
        Write("first.yaml", "a: 1\n");
        Write("second.yaml", "a: 2\n");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HelmRelease Release => new()
    {
        Name = "dify",
        Namespace = "prod",
        Chart = Path.Combine(_folder, "chart"),
        ValuesFiles = [Path.Combine(_folder, "first.yaml"), Path.Combine(_folder, "second.yaml")],
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Npm_delivers_the_pinned_helm()
    {
        Assert.Equal(new HelmVersion(3, 10, 1), _helm.Tool.Version);
        Assert.Equal("npm", _helm.Tool.FoundBy);
        Assert.EndsWith(Path.Combine("tools", "helm-3.10.1", "helm"), _helm.Tool.Path, StringComparison.Ordinal);

        var again = await HelmLocator.FindAsync(_helm.Search, Logger.None, Token);
        Assert.Equal(_helm.Tool with { FoundBy = ".nuke/temp/tools" }, again);
    }

    [Fact]
    public async Task A_chart_renders_as_an_upgrade_with_the_last_value()
    {
        var manifests = await Client().TemplateAsync(Release, capabilities: null, Token);

        Assert.Contains("upgrade: true\n", manifests, StringComparison.Ordinal);
        Assert.Contains("value: 2\n", manifests, StringComparison.Ordinal);
        Assert.DoesNotContain("kind: Pod", manifests, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chart_renders_for_the_cluster_it_is_told_about()
    {
        var cluster = new TemplateCapabilities { KubeVersion = "v1.20.2", ApiVersions = ["own/v1", "own/v1/Cron"], IsUpgrade = false };

        var manifests = await Client().TemplateAsync(Release, cluster, Token);

        Assert.Contains("upgrade: false\nkube: v1.20.2\ncron: true\n", manifests, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chart_that_gives_up_is_a_chart_failure()
    {
        Write("chart/templates/fail.yaml", "{{ fail \"no prompts\" }}");

        var failure = await Assert.ThrowsAsync<HelmException>(() => Client().TemplateAsync(Release, capabilities: null, Token));

        Assert.Equal(HelmFailure.ChartInvalid, failure.Failure);
        Assert.Contains("no prompts", failure.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://127.0.0.1:1", null, HelmFailure.Unreachable)]
    [InlineData("https://no-such-host.invalid", null, HelmFailure.Unreachable)]
    [InlineData("https://127.0.0.1:1", "nope", HelmFailure.ContextUnknown)]
    [InlineData("{{{", null, HelmFailure.KubeconfigInvalid)]
    public async Task What_is_wrong_with_the_connection_is_told_apart(string server, string? context, HelmFailure expected)
    {
        Write("kubeconfig", Kubeconfig.Replace("SERVER", server, StringComparison.Ordinal));
        var client = Client(context);

        var history = await Assert.ThrowsAsync<HelmException>(() => client.HistoryAsync("dify", "prod", Token));
        var dryRun = await Assert.ThrowsAsync<HelmException>(() => client.DryRunUpgradeAsync(Release, install: false, Token));

        Assert.Equal((expected, expected), (history.Failure, dryRun.Failure));
    }

    private HelmClient Client(string? context = null) =>
        new(_helm.Tool, new HelmConnection { Kubeconfig = Path.Combine(_folder, "kubeconfig"), KubeContext = context }, Redactor.None, Logger.None);

    private void Write(string path, string content)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}
