using System.Diagnostics;
using DifyUpgrade.Helm;
using Serilog.Core;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

/// <summary>The real helm against a real Kubernetes: what a release looks like after each way an operation can end.</summary>
[Collection<UsesRealHelm>]
public sealed class HelmOnKubernetesTests : IClassFixture<RealCluster>, IDisposable
{
    private const string ConfigMap = "kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  version: {{ .Chart.Version | quote }}\n";

    // It never gets ready: no node has the image, and none may be pulled. It comes beside the ConfigMap and not instead of it: were helm
    // killed between creating the one and deleting the other, its rollback would fail with "no ConfigMap with the name … found".
    private const string Deployment =
        """
        ---
        kind: Deployment
        apiVersion: apps/v1
        metadata:
          name: {{ .Release.Name }}
        spec:
          selector:
            matchLabels: {app: {{ .Release.Name }}}
          template:
            metadata:
              labels: {app: {{ .Release.Name }}}
            spec:
              containers: [{name: c, image: "localhost/no-such-image:1", imagePullPolicy: Never}]
        """;

    private readonly string _chart = Directory.CreateTempSubdirectory("helm-chart-").FullName;
    private readonly string _name = $"r{Guid.NewGuid().ToString("N")[..8]}";
    private readonly List<string> _lines = [];
    private readonly RealHelm _helm;
    private readonly RealCluster _cluster;

    public HelmOnKubernetesTests(RealHelm helm, RealCluster cluster)
    {
        _helm = helm;
        _cluster = cluster;
        Directory.CreateDirectory(Path.Combine(_chart, "templates"));
        WriteChart("0.1.0", ConfigMap);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HelmRelease Release => new() { Name = _name, Namespace = _cluster.Namespace, Chart = _chart, ValuesFiles = [] };

    public void Dispose() => Directory.Delete(_chart, recursive: true);

    [Fact]
    public async Task A_release_is_installed_upgraded_and_rolled_back()
    {
        var client = Client();
        Assert.Empty(await client.DryRunUpgradeAsync(Release, install: true, Token));
        Assert.Equal(1, await UpgradeAsync(client, install: true));
        WriteChart("0.2.0", ConfigMap);
        Assert.Equal(2, await UpgradeAsync(client));

        await client.RollbackAsync(RollbackTo(1), _lines.Add, Token);

        Assert.Contains("Rollback was a success! Happy Helming!", _lines);
        Assert.Equal(["superseded", "superseded", "deployed"], await StatusesAsync(client));
        Assert.Contains("version: \"0.2.0\"", await client.ManifestAsync(_name, _cluster.Namespace, revision: 2, Token), StringComparison.Ordinal);
        var newest = await client.NewestAsync(_name, _cluster.Namespace, Token);
        Assert.Equal(3, newest.Revision);
        Assert.Equal((await client.ManifestAsync(_name, _cluster.Namespace, revision: 3, Token)).Trim(), newest.Text.Trim());
        Assert.Contains("version: \"0.1.0\"", newest.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_that_does_not_exist_is_told_apart()
    {
        var client = Client();

        Assert.Null(await client.HistoryAsync(_name, _cluster.Namespace, Token));
        await FailsAsync(HelmFailure.ReleaseNotFound, () => UpgradeAsync(client));
        await FailsAsync(HelmFailure.ReleaseNotFound, () => client.ManifestAsync(_name, _cluster.Namespace, revision: null, Token));
        await FailsAsync(HelmFailure.ReleaseNotFound, () => client.NewestAsync(_name, _cluster.Namespace, Token));
        await FailsAsync(HelmFailure.ReleaseNotFound, () => client.RollbackAsync(RollbackTo(7), _lines.Add, Token));
    }

    [Fact]
    public async Task An_upgrade_that_does_not_get_ready_times_out()
    {
        var client = Client();
        await UpgradeAsync(client, install: true);
        WriteChart("0.2.0", ConfigMap + Deployment);

        await FailsAsync(HelmFailure.TimedOut, () => UpgradeAsync(client, timeout: TimeSpan.FromSeconds(1)));

        Assert.Equal(["deployed", "failed"], await StatusesAsync(client));
    }

    [Fact]
    public async Task An_interrupted_upgrade_is_failed_and_blocks_nobody()
    {
        var client = Client();
        await UpgradeAsync(client, install: true);
        WriteChart("0.2.0", ConfigMap + Deployment);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var upgrade = client.UpgradeAsync(Release, Options(TimeSpan.FromMinutes(1)), _lines.Add, cancel.Token);
        await UntilPendingAsync(client, upgrade);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upgrade);
        Assert.Contains($"Release {_name} has been cancelled.", _lines);
        Assert.Equal(["deployed", "failed"], await StatusesAsync(client));
        WriteChart("0.3.0", ConfigMap);
        Assert.Equal(3, await UpgradeAsync(client));
    }

    [Fact]
    public async Task A_killed_upgrade_stays_pending_until_a_rollback()
    {
        var client = Client();
        await UpgradeAsync(client, install: true);
        WriteChart("0.2.0", ConfigMap + Deployment);
        using var wrapper = FakeTool.Helm($"echo $$ > \"$0.pid\"; exec '{_helm.Tool.Path}' \"$@\"\n");

        var upgrade = UpgradeAsync(Client(_helm.Tool with { Path = wrapper.Path }));
        await UntilPendingAsync(client, upgrade);
        using (var helm = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(wrapper.Path + ".pid", Token))))
            helm.Kill();

        Assert.Equal(137, (await Assert.ThrowsAsync<HelmException>(() => upgrade)).ExitCode);
        Assert.Equal(["deployed", "pending-upgrade"], await StatusesAsync(client));
        await FailsAsync(HelmFailure.OperationInProgress, () => UpgradeAsync(client));
        await client.RollbackAsync(RollbackTo(1), _lines.Add, Token);
        WriteChart("0.3.0", ConfigMap);
        Assert.Equal(4, await UpgradeAsync(client));
    }

    private static async Task FailsAsync(HelmFailure expected, Func<Task> operation) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<HelmException>(operation)).Failure);

    private static UpgradeOptions Options(TimeSpan timeout) => new() { Install = false, Timeout = timeout };

    private async Task UntilPendingAsync(HelmClient client, Task upgrade)
    {
        while ((await StatusesAsync(client))[^1] != "pending-upgrade")
            Assert.False(upgrade.IsCompleted, "the upgrade ended before it was seen pending");
    }

    private async Task<IReadOnlyList<string>> StatusesAsync(HelmClient client)
    {
        var history = await client.HistoryAsync(_name, _cluster.Namespace, Token);
        Assert.NotNull(history);
        return [.. history.Select(entry => entry.Status)];
    }

    private Task<int?> UpgradeAsync(HelmClient client, bool install = false, TimeSpan? timeout = null) =>
        client.UpgradeAsync(Release, Options(timeout ?? TimeSpan.FromMinutes(1)) with { Install = install }, _lines.Add, Token);

    private HelmRollback RollbackTo(int revision) =>
        new() { Name = _name, Namespace = _cluster.Namespace, Revision = revision, Timeout = TimeSpan.FromMinutes(1) };

    private HelmClient Client(HelmTool? tool = null) => new(tool ?? _helm.Tool, _cluster.Connection, Redactor.None, Logger.None);

    private void WriteChart(string version, string template)
    {
        File.WriteAllText(Path.Combine(_chart, "Chart.yaml"), $"apiVersion: v2\nname: tiny\nversion: {version}\n");
        File.WriteAllText(Path.Combine(_chart, "templates", "all.yaml"), template);
    }
}
