using System.Text;
using CliWrap;
using Xunit;

namespace DifyUpgrade.Scenarios.Harness;

/// <summary>How a program ended, and all it wrote.</summary>
internal sealed record Run(string Command, int ExitCode, string Output, string Errors)
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="command">The program.</param>
    /// <param name="onLine">Told each line of its standard output; the program's further output waits for it.</param>
    public static async Task<Run> OfAsync(Command command, Func<string, Task>? onLine = null)
    {
        var output = new StringBuilder();
        var errors = new StringBuilder();
        var result = await command
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(async line =>
            {
                output.AppendLine(line);
                await (onLine?.Invoke(line) ?? Task.CompletedTask);
            }))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(line => errors.AppendLine(line)))
            .ExecuteAsync(CancellationToken.None, TestContext.Current.CancellationToken);
        return new Run(command.ToString(), result.ExitCode, output.ToString(), errors.ToString());
    }

    /// <summary>
    /// Runs a program that is sent a signal once it says something. The signal goes to it alone, as a CI system sends it: helm
    /// must hear of it from the build.
    /// </summary>
    /// <param name="command">The program.</param>
    /// <param name="signal">The signal, as kill names it.</param>
    /// <param name="whenItSays">A part of a line of its standard output.</param>
    /// <param name="untilItEnds">Sends it again and again: .NET survives the first SIGABRT that comes from outside.</param>
    public static async Task<Run> OfInterruptedAsync(Command command, string signal, string whenItSays, bool untilItEnds = false)
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new StringBuilder();
        var errors = new StringBuilder();
        var running = command
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line =>
            {
                output.AppendLine(line);
                if (line.Contains(whenItSays, StringComparison.Ordinal))
                    said.TrySetResult();
            }))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(line => errors.AppendLine(line)))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        await Task.WhenAny(said.Task, running.Task);
        do
            await Cli.Wrap("kill").WithArguments(["-" + signal, $"{running.ProcessId}"]).WithValidation(CommandResultValidation.None).ExecuteAsync(TestContext.Current.CancellationToken);
        while (untilItEnds && !running.Task.IsCompleted);
        return new Run(command.ToString(), (await running).ExitCode, output.ToString(), errors.ToString());
    }

    /// <summary>All it wrote.</summary>
    public string Text => Output + Errors;

    /// <summary>Fails with everything it wrote unless it ended as expected.</summary>
    public Run MustExitWith(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"expected exit code {exitCode}, saw {ExitCode}: {Command}\n{Text}");
        return this;
    }

    /// <summary>Fails with everything it wrote unless it said something.</summary>
    public Run MustSay(params string[] parts)
    {
        foreach (var part in parts)
            Assert.True(Text.Contains(part, StringComparison.Ordinal), $"expected it to say: {part}\n{Command}\n{Text}");
        return this;
    }

    /// <summary>Fails with everything it wrote if it said something.</summary>
    public Run MustNotSay(params string[] parts)
    {
        foreach (var part in parts)
            Assert.False(Text.Contains(part, StringComparison.Ordinal), $"expected it not to say: {part}\n{Command}\n{Text}");
        return this;
    }
}
