using System.Text.Json;
using CliWrap;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnKubernetes;

public sealed class InterruptScenarios : ClusterScenario
{
    [Fact]
    public async Task An_interrupted_upgrade_ends_in_order_and_the_next_one_works()
    {
        await InstallAsync();
        using var interrupt = new CancellationTokenSource();
        var build = Build("Upgrade", "99.0.0", "--timeout", "5m");
        var text = new System.Text.StringBuilder();
        var running = build
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line =>
            {
                text.AppendLine(line);

                // A new pod is there: helm is at work, half way through.
                if (line.Contains("ImagePull", StringComparison.Ordinal))
                    interrupt.Cancel();
            }))
            .ExecuteAsync(CancellationToken.None, interrupt.Token);
        var exitCode = await ExitCodeAsync(running);
        Assert.True(exitCode == 130, $"expected exit code 130, saw {exitCode}\n{text}");
        Assert.Equal(["1 deployed", "2 failed"], await RevisionsAsync());

        (await BuildAsync("Upgrade", NewerTag)).MustExitWith(0).MustSay("Revision 3 of dify is rolled out");
    }

    [Fact]
    public async Task Two_upgrades_at_once_leave_one_winner_and_a_sound_release()
    {
        await InstallAsync();
        var runs = await Task.WhenAll(BuildAsync("Upgrade", NewerTag), BuildAsync("Upgrade", NewerTag));

        Assert.Contains(runs, run => run.ExitCode == 0);
        Assert.All(runs, run => Assert.True(run.ExitCode is 0 or 1 or 2, run.Text));
        foreach (var loser in runs.Where(run => run.ExitCode != 0))
            loser.MustSay("Another run works on the release");
        Assert.EndsWith("deployed", (await RevisionsAsync())[^1], StringComparison.Ordinal);
        await MustServeAsync("api", PromptsSha256);
    }

    [Fact]
    public async Task Json_stands_alone_on_standard_output()
    {
        await InstallAsync();
        var run = (await BuildAsync("Status", OlderTag, "--output", "json")).MustExitWith(0);
        using var status = JsonDocument.Parse(run.Output);
        Assert.Equal("Status", status.RootElement.GetProperty("target").GetString());
        Assert.Equal(1, status.RootElement.GetProperty("result").GetProperty("revision").GetInt32());
        Assert.All(status.RootElement.GetProperty("result").GetProperty("prompts").GetProperty("evidence").EnumerateArray(), row => Assert.Equal("proven", row.GetProperty("verdict").GetString()));
    }

    // CliWrap reports an interrupt that worked as a cancellation; the exit code is what the program itself said.
    private static async Task<int> ExitCodeAsync(CommandTask<CommandResult> running)
    {
        using var process = System.Diagnostics.Process.GetProcessById(running.ProcessId);
        try
        {
            return (await running).ExitCode;
        }
        catch (OperationCanceledException)
        {
            return process.HasExited ? process.ExitCode : -1;
        }
    }
}
