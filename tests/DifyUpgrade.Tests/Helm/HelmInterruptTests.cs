using System.Diagnostics;
using System.Globalization;
using DifyUpgrade.Helm;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

/// <summary>How helm ends when the run is cancelled. The scripts wait by reading from a pipe that nobody writes to.</summary>
public sealed class HelmInterruptTests : IDisposable
{
    private const string Wait = "fifo=\"$(dirname \"$0\")/fifo\"; mkfifo \"$fifo\"; exec 3<>\"$fifo\"; echo \"started $$\"; read -r _ <&3\n";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(7);
    private static readonly UpgradeOptions Options = new() { Install = false, Timeout = TimeSpan.FromMinutes(1) };
    private static readonly HelmRelease Release = new() { Name = "dify", Namespace = "prod", Chart = "chart", ValuesFiles = [] };
    private static readonly HelmRollback Rollback = new() { Name = "dify", Namespace = "prod", Revision = 3, Timeout = TimeSpan.FromMinutes(1) };

    private readonly FakeTimeProvider _clock = new();
    private readonly LogRecorder _log = new();
    private readonly List<string> _lines = [];
    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public void Dispose() => _cancel.Dispose();

    [Fact]
    public async Task An_upgrade_is_interrupted_and_its_last_words_are_heard()
    {
        SkipWhenInterruptsAreIgnored();
        using var helm = FakeTool.Helm(
            "trap 'echo Release dify has been cancelled.; echo Error: UPGRADE FAILED: context canceled >&2; exit 1' INT\n" + Wait);

        var upgrade = Client(helm).UpgradeAsync(Release, Options, OnLine, _cancel.Token);
        await _started.Task;
        await _cancel.CancelAsync();
        var ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upgrade);

        Assert.Equal(_cancel.Token, ended.CancellationToken);
        Assert.Contains("Release dify has been cancelled.", _lines);
        Assert.Contains("Error: UPGRADE FAILED: context canceled", _lines);
        Assert.DoesNotContain(_log.Lines, line => line.Contains("killed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_helm_that_ignores_the_interrupt_is_killed_after_the_grace_period()
    {
        using var helm = FakeTool.Helm("trap '' INT\n" + Wait);

        var upgrade = Client(helm).UpgradeAsync(Release, Options, OnLine, _cancel.Token);
        var process = await _started.Task;
        await _cancel.CancelAsync();
        _clock.Advance(Grace - TimeSpan.FromSeconds(1));
        Assert.False(upgrade.IsCompleted, "it was not given its grace period");
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upgrade);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process));
        Assert.Equal("Warning: helm had not ended 7s after it was asked to, and was killed: the release may be left pending", _log.Lines[^1]);
    }

    [Fact]
    public async Task A_rollback_is_left_to_finish_because_it_would_die_of_an_interrupt()
    {
        using var helm = FakeTool.Helm(Wait + "kill -INT $$\necho Rollback was a success!\n");

        var rollback = Client(helm).RollbackAsync(Rollback, OnLine, _cancel.Token);
        await _started.Task;
        await _cancel.CancelAsync();
        Assert.False(rollback.IsCompleted, "it did not wait for helm");
        await File.WriteAllTextAsync(Path.Combine(helm.Folder, "fifo"), "go on\n", TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rollback);
        Assert.Equal("Rollback was a success!", _lines[^1]);
        Assert.Contains("Warning: helm cannot interrupt a rollback cleanly; it has 7s to finish", _log.Lines);
    }

    [Fact]
    public async Task A_rollback_that_does_not_finish_is_killed()
    {
        using var helm = FakeTool.Helm(Wait);

        var rollback = Client(helm).RollbackAsync(Rollback, OnLine, _cancel.Token);
        var process = await _started.Task;
        await _cancel.CancelAsync();
        _clock.Advance(Grace);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rollback);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process));
    }

    [Fact]
    public async Task A_helm_that_the_terminal_interrupted_counts_as_cancelled()
    {
        SkipWhenInterruptsAreIgnored();
        using var helm = FakeTool.Helm("kill -INT $$\n");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client(helm).HistoryAsync("dify", "prod", _cancel.Token));
    }

    [Fact]
    public async Task Nothing_is_started_when_the_run_is_already_cancelled()
    {
        using var helm = FakeTool.Helm("echo ran > \"$(dirname \"$0\")/ran\"");
        await _cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client(helm).HistoryAsync("dify", "prod", _cancel.Token));
        Assert.False(File.Exists(Path.Combine(helm.Folder, "ran")));
    }

    // A shell that is started with SIGINT ignored, as background jobs are, cannot trap it. helm can: Go turns it on again.
    private static void SkipWhenInterruptsAreIgnored()
    {
        if (!File.Exists("/proc/self/status"))
            return;
        var ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..].Trim();
        Assert.SkipWhen((long.Parse(ignored, NumberStyles.HexNumber) & 2) != 0, "The tests run with SIGINT ignored; run them in the foreground.");
    }

    private void OnLine(string line)
    {
        _lines.Add(line);
        if (line.StartsWith("started ", StringComparison.Ordinal))
            _started.SetResult(int.Parse(line["started ".Length..]));
    }

    private HelmClient Client(FakeTool helm) =>
        new(helm.AsHelm, new HelmConnection { Kubeconfig = null, KubeContext = null }, Redactor.None, _log.CreateLogger()) { Grace = Grace, Clock = _clock };
}
