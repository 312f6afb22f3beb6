using System.Text;
using CliWrap;

namespace DifyUpgrade.Benchmarks.Measuring;

/// <summary>What a program wrote, and the most memory it ever had.</summary>
/// <param name="Output">Its standard output.</param>
/// <param name="PeakMebibytes">The most resident memory; 0 where the system does not tell.</param>
internal sealed record Ran(string Output, double PeakMebibytes);

/// <summary>Programs as a person would start them from the repository.</summary>
/// <param name="folder">The current folder.</param>
internal sealed class Shell(string folder)
{
    // The end of what a failed program wrote says why.
    private const int LinesOfFailure = 25;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed: a time of a failed run says nothing.</exception>
    public async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellation) =>
        await RunAsync(program, arguments, _ => Task.CompletedTask, cancellation);

    /// <summary>Runs a program to its end and looks at its memory meanwhile.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>What it wrote, and its memory.</returns>
    public async Task<Ran> WatchMemoryAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        double peak = 0;
        var output = await RunAsync(program, arguments, Look, cancellation);
        return new Ran(output, peak);

        async Task Look(CommandTask<CommandResult> run)
        {
            while (!run.Task.IsCompleted)
            {
                peak = Math.Max(peak, Memory.PeakOf(run.ProcessId));
                await Task.WhenAny(run.Task, Task.Delay(LookEvery, TimeProvider.System, cancellation));
            }
        }
    }

    private async Task<string> RunAsync(string program, string[] arguments, Func<CommandTask<CommandResult>, Task> meanwhile, CancellationToken cancellation)
    {
        var output = new StringBuilder();
        var errors = new StringBuilder();
        var command = Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(variables => variables.Set("NUKE_ROOT", null).Set("GITHUB_ACTIONS", null))
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors));
        var run = command.ExecuteAsync(CancellationToken.None, cancellation);
        await meanwhile(run);
        var result = await run;
        return result.ExitCode == 0
            ? output.ToString()
            : throw new InvalidOperationException($"exit code {result.ExitCode} of {command}\n{string.Join('\n', $"{output}{errors}".Split('\n').TakeLast(LinesOfFailure))}");
    }
}
