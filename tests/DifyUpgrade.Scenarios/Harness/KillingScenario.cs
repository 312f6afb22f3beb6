using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using CliWrap;
using Xunit;

namespace DifyUpgrade.Scenarios.Harness;

/// <summary>A scenario in which the build is killed (SIGKILL) at an event.</summary>
/// <param name="cluster">The cluster it runs on.</param>
public abstract class KillingScenario(TestCluster cluster) : ClusterScenario(cluster)
{
    private const int KilledBySignal = 137;

    /// <summary>Runs the build until the event is seen, and kills it, with its helm or without.</summary>
    private protected async Task KillAsync(KillPoint point, Command command, bool withHelm = true)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var text = new StringBuilder();
        var watching = point.Watch is null ? null : WatchAsync(point, seen, stop.Token);
        var running = command
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line =>
            {
                text.AppendLine(line);
                if (point.Watch is null && Regex.IsMatch(line, point.Sees))
                    seen.TrySetResult();
            }))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(line => text.AppendLine(line)))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        await Task.WhenAny(seen.Task, running.Task);
        Assert.True(seen.Task.IsCompleted, $"{point.Name}: '{point.Sees}' was never seen\n{text}");
        Kill(running.ProcessId, withHelm);
        Assert.True((await running).ExitCode is KilledBySignal or 0, $"{point.Name}\n{text}");
        await stop.CancelAsync();
        await (watching ?? Task.CompletedTask);
    }

    /// <summary>Lets the Lease of a dead run last so long from its last sign of life, in place of waiting for it.</summary>
    private protected Task LetLeaseLastAsync(int seconds) =>
        KubectlAsync("patch", "lease", "dify-upgrade.dify", "-n", Namespace, "--type=merge", "--patch", $$$"""{"spec":{"leaseDurationSeconds":{{{seconds}}}}}""");

    // Only changes come: what was there before is not among them.
    private async Task WatchAsync(KillPoint point, TaskCompletionSource seen, CancellationToken stop)
    {
        try
        {
            await Cli.Wrap("kubectl")
                .WithArguments(["--kubeconfig", Cluster.Kubeconfig, "--context", Cluster.Context, "-n", Namespace, .. point.Watch!, "--watch-only", "-o", "json"])
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.ToDelegate(line =>
                {
                    if (Regex.IsMatch(line, point.Sees))
                        seen.TrySetResult();
                }))
                .ExecuteAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private static void Kill(int id, bool withHelm)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill(entireProcessTree: withHelm);
        }
        catch (ArgumentException)
        {
            // It has ended by itself between the event and now.
        }
    }
}
