using DifyUpgrade.Helm;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

/// <summary>What goes in and out of the child, with a script in helm's place.</summary>
public sealed class HelmClientTests
{
    private static readonly HelmConnection Elsewhere = new() { Kubeconfig = "/a:/b", KubeContext = "prod" };
    private static readonly UpgradeOptions Options = new() { Install = false, Timeout = TimeSpan.FromMinutes(1) };
    private static readonly HelmRelease Release = new() { Name = "dify", Namespace = "prod", Chart = "it's a chart", ValuesFiles = ["values-hunter2.yaml"] };

    private readonly LogRecorder _log = new();
    private readonly List<string> _lines = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_cluster_is_named_by_variable_and_option()
    {
        using var helm = FakeTool.Helm("""echo "$KUBECONFIG"; echo "${HELM_DEBUG-unset}"; for a in "$@"; do echo "[$a]"; done""");

        var seen = await Client(helm).ManifestAsync("dify", "prod", revision: 2, Token);

        Assert.Equal("/a:/b\nunset\n[get]\n[manifest]\n[dify]\n[--namespace]\n[prod]\n[--revision]\n[2]\n[--kube-context]\n[prod]\n", seen);
    }

    [Fact]
    public async Task The_newest_revision_comes_with_its_number()
    {
        using var helm = FakeTool.Helm("printf '12\n---\n# %s\nkind: A\n' \"$6 $7\"");

        var newest = await Client(helm).NewestAsync("dify", "prod", Token);

        Assert.Equal(new StoredManifest(12, "---\n# --template {{println .Release.Version}}{{.Release.Manifest}}\nkind: A\n"), newest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kind: A")]
    [InlineData("kind: A\\n12")]
    public async Task Manifests_of_nobody_knows_which_revision_are_no_answer(string said)
    {
        using var helm = FakeTool.Helm($"printf '{said}'");
        var failure = await Assert.ThrowsAsync<HelmException>(() => Client(helm).NewestAsync("dify", "prod", Token));
        Assert.Equal(HelmFailure.OutputUnreadable, failure.Failure);
    }

    [Fact]
    public async Task Streamed_lines_are_redacted_and_stderr_is_among_them()
    {
        using var helm = FakeTool.Helm("echo 'password: hunter2'; echo 'warning: hunter2' >&2");

        await Client(helm).UpgradeAsync(Release, Options, _lines.Add, Token);

        Assert.Equal(["password: ***", "warning: ***"], _lines.Order());
    }

    [Fact]
    public async Task An_upgrade_returns_helms_revision_and_not_one_of_the_notes()
    {
        using var helm = FakeTool.Helm("echo 'Release \"dify\" has been upgraded. Happy Helming!'; echo 'REVISION: 12'; echo NOTES:; echo 'REVISION: 99'");

        Assert.Equal(12, await Client(helm).UpgradeAsync(Release, Options, _lines.Add, Token));
        Assert.Contains("NOTES:", _lines);
    }

    [Fact]
    public async Task Each_command_is_echoed_once_redacted_and_quoted()
    {
        using var helm = FakeTool.Helm("exit 0");

        await Client(helm).UpgradeAsync(Release, Options, _lines.Add, Token);

        Assert.Equal(
            [@"Debug: > helm upgrade dify 'it'\''s a chart' --namespace prod --values values-***.yaml --reset-values --wait --timeout 1m0s --kube-context prod"],
            _log.Lines);
    }

    [Fact]
    public async Task Manifests_are_data_neither_redacted_nor_logged()
    {
        using var helm = FakeTool.Helm("printf 'key: hunter2\\n\\303\\251'");

        Assert.Equal("key: hunter2\né", await Client(helm).TemplateAsync(Release, capabilities: null, Token));
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task A_render_names_no_cluster()
    {
        using var helm = FakeTool.Helm("""echo "$@" """);

        Assert.DoesNotContain("--kube-context", await Client(helm).TemplateAsync(Release, capabilities: null, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_keeps_only_the_warnings()
    {
        using var helm = FakeTool.Helm("echo 'kind: Secret'; echo 'W1123 would violate PodSecurity hunter2' >&2");

        Assert.Equal(["W1123 would violate PodSecurity ***"], await Client(helm).DryRunUpgradeAsync(Release, install: false, Token));
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task Permission_warnings_are_logged_once_and_go_nowhere_else()
    {
        using var helm = FakeTool.Helm(
            """
            echo 'WARNING: Kubernetes configuration file is group-readable. This is insecure. Location: /a' >&2
            echo 'WARNING: Kubernetes configuration file is world-readable. This is insecure. Location: /a' >&2
            """);
        var client = Client(helm);

        await client.UpgradeAsync(Release, Options, _lines.Add, Token);
        var warnings = await client.DryRunUpgradeAsync(Release, install: false, Token);

        Assert.Empty(_lines);
        Assert.Empty(warnings);
        Assert.Single(_log.Lines, line => line.Contains("group-readable", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("world-readable", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failure_carries_code_kind_words_and_command_redacted()
    {
        using var helm = FakeTool.Helm("echo 'Error: UPGRADE FAILED: timed out waiting for the condition, hunter2' >&2; exit 1");

        var failure = await Assert.ThrowsAsync<HelmException>(() => Client(helm).UpgradeAsync(Release, Options, _lines.Add, Token));

        Assert.Equal(1, failure.ExitCode);
        Assert.Equal(HelmFailure.TimedOut, failure.Failure);
        Assert.Equal("Error: UPGRADE FAILED: timed out waiting for the condition, ***", failure.StandardError);
        Assert.StartsWith("helm upgrade dify ", failure.CommandLine, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_release_is_null_and_no_permission_is_not()
    {
        using var missing = FakeTool.Helm("echo 'Error: release: not found' >&2; exit 1");
        using var forbidden = FakeTool.Helm("echo 'Error: query: failed to query with labels: secrets is forbidden: User \"u\" cannot list resource' >&2; exit 1");

        Assert.Null(await Client(missing).HistoryAsync("dify", "prod", Token));
        var failure = await Assert.ThrowsAsync<HelmException>(() => Client(forbidden).HistoryAsync("dify", "prod", Token));
        Assert.Equal(HelmFailure.Forbidden, failure.Failure);
    }

    [Fact]
    public async Task An_unreadable_history_is_a_failure_of_its_own()
    {
        using var helm = FakeTool.Helm("echo 'REVISION UPDATED'");

        var failure = await Assert.ThrowsAsync<HelmException>(() => Client(helm).HistoryAsync("dify", "prod", Token));

        Assert.Equal(HelmFailure.OutputUnreadable, failure.Failure);
    }

    [Fact]
    public async Task A_listener_that_throws_does_not_end_helm()
    {
        using var helm = FakeTool.Helm("echo one; echo two; echo done > \"$(dirname \"$0\")/done\"");

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Client(helm).UpgradeAsync(Release, Options, _ => throw new InvalidOperationException("the console is gone"), Token));

        Assert.True(File.Exists(Path.Combine(helm.Folder, "done")));
    }

    private HelmClient Client(FakeTool helm) => new(helm.AsHelm, Elsewhere, new Redactor(["hunter2"]), _log.CreateLogger());
}
