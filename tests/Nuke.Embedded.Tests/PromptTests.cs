using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class PromptTests
{
    public static bool HasTerminals => File.Exists("/usr/bin/script");

    [Fact(SkipUnless = nameof(HasTerminals), Skip = "needs script(1), which makes a terminal")]
    public async Task What_is_missing_is_asked_for_on_a_terminal_and_a_secret_is_not_shown()
    {
        using var runner = new BuildRunner();
        using var run = SampleRun.StartOnTerminal(runner, "Login --no-logo");
        await run.ReadToAsync("Token of the registry (--token):");
        await run.AnswerAsync("hunter2 with ü\r");
        await run.ReadToAsync("How many (--count):");
        await run.AnswerAsync("many\r");
        await run.ReadToAsync("It must be a whole number.");
        await run.AnswerAsync("3\r");
        var outcome = await run.EndAsync();

        Assert.Contains("Logged in 3 times with 14 letters: ***", Plain(outcome.Output), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact(SkipUnless = nameof(HasTerminals), Skip = "needs script(1), which makes a terminal")]
    public async Task Ctrl_C_at_a_question_interrupts_and_nothing_runs()
    {
        using var runner = new BuildRunner();
        using var run = SampleRun.StartOnTerminal(runner, "Login --no-logo");
        await run.ReadToAsync("(--token):");
        await run.AnswerAsync("\u0003");
        var outcome = await run.EndAsync();
        Assert.Equal(130, outcome.ExitCode);
        Assert.DoesNotContain("Logged in", outcome.Output, StringComparison.Ordinal);
    }

    [Theory(SkipUnless = nameof(HasTerminals), Skip = "needs script(1), which makes a terminal")]
    [InlineData("CI", "true")]
    [InlineData("GITHUB_ACTIONS", "true")]
    public async Task On_a_server_nothing_is_asked(string name, string value)
    {
        using var runner = new BuildRunner { Environment = { [name] = value } };
        using var run = SampleRun.StartOnTerminal(runner, "Login --no-logo");
        var outcome = await run.EndAsync();
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("✖ Target 'Login' requires a value for --token: give --token <value>, set NUKE_TOKEN, or write", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_nothing_is_asked()
    {
        using var runner = new BuildRunner();
        using var run = SampleRun.Start(runner, "Login", "--no-logo");
        var outcome = await run.EndAsync();
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("✖ Target 'Login' requires a value for --count: give --count <value>", outcome.Error, StringComparison.Ordinal);
    }

    private static string Plain(string text) => System.Text.RegularExpressions.Regex.Replace(text, "\e\\[[0-9;?]*[A-Za-z]", "");
}
