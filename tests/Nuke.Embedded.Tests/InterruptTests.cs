using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class InterruptTests
{
    public static bool IsUnix => !OperatingSystem.IsWindows();

    [Theory(SkipUnless = nameof(IsUnix), Skip = "sends signals with kill")]
    [InlineData("-INT", "Wait")]
    [InlineData("-TERM", "Wait")]
    [InlineData("-INT", "WaitForTool")]
    [InlineData("-TERM", "WaitForTool")]
    public async Task A_signal_cancels_the_target_and_only_assured_ones_follow(string signal, string target)
    {
        using var runner = new BuildRunner();
        using var run = SampleRun.Start(runner, target, "Later", "--no-logo");
        await run.ReadToAsync("waiting");

        run.Signal(signal);
        var outcome = await run.EndAsync();

        Assert.Equal(130, outcome.ExitCode);
        Assert.Contains("[WRN] Interrupted: ending in order; another Ctrl-C ends at once\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"[WRN] Target {target} was interrupted\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("[INF] undone\n", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ran later", outcome.Output, StringComparison.Ordinal);
        Assert.Matches($"\n{target} +Aborted +[<:0-9a-z ]+\nUndo +Succeeded +[<:0-9a-z ]+\nLater +NotRun\n", outcome.Output);
        Assert.Contains("\nBuild interrupted on ", outcome.Output, StringComparison.Ordinal);
    }

    [Theory(SkipUnless = nameof(IsUnix), Skip = "sends signals with kill")]
    [InlineData("-INT", 130)]
    [InlineData("-TERM", 143)]
    public async Task A_second_signal_ends_at_once(string signal, int exitCode)
    {
        using var runner = new BuildRunner();
        using var run = SampleRun.Start(runner, "Deaf", "--no-logo");
        await run.ReadToAsync("waiting");
        run.Signal(signal);
        await run.ReadToAsync("another Ctrl-C ends at once");

        run.Signal(signal);
        var outcome = await run.EndAsync();

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.DoesNotContain("undone", outcome.Output, StringComparison.Ordinal);
    }
}
