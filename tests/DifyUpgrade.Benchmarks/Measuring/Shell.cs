using System.Text;
using CliWrap;

namespace DifyUpgrade.Benchmarks.Measuring;

/// <summary>Programs as a person would start them from the repository.</summary>
/// <param name="folder">The current folder.</param>
internal sealed class Shell(string folder)
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellation">Interrupts it.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed: a time of a failed run says nothing.</exception>
    public async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        var output = new StringBuilder();
        var errors = new StringBuilder();
        var command = Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(variables => variables.Set("NUKE_ROOT", null))
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors));
        var result = await command.ExecuteAsync(CancellationToken.None, cancellation);
        return result.ExitCode == 0
            ? output.ToString()
            : throw new InvalidOperationException($"exit code {result.ExitCode} of {command}\n{output}{errors}");
    }
}
