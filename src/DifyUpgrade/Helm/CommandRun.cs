using System.ComponentModel;
using CliWrap;

namespace DifyUpgrade.Helm;

/// <summary>Starts a child process through CliWrap.</summary>
internal static class CommandRun
{
    private const int TextFileBusy = 26;
    private const int Attempts = 100;

    /// <summary>Runs the command to its end; any exit code is a result.</summary>
    /// <param name="command">The command.</param>
    /// <param name="kill">Kills the whole process tree.</param>
    /// <param name="interrupt">Sends an interrupt (Ctrl-C).</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="Win32Exception">The file cannot be started.</exception>
    /// <exception cref="OperationCanceledException">One of the tokens was cancelled and the process has ended.</exception>
    public static async Task<int> RunAsync(this Command command, CancellationToken kill, CancellationToken interrupt)
    {
        var drained = command
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(Drained(command.StandardOutputPipe))
            .WithStandardErrorPipe(Drained(command.StandardErrorPipe));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await drained.ExecuteAsync(kill, interrupt)).ExitCode;
            }
            catch (Win32Exception refused) when (attempt < Attempts && IsBusy(refused))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, kill);
            }
        }
    }

    // CliWrap closes a pipe that has no target, and a Go program that writes to a closed stdout or stderr dies of SIGPIPE.
    private static PipeTarget Drained(PipeTarget target) => target == PipeTarget.Null ? PipeTarget.ToStream(Stream.Null) : target;

    // A process forked at the moment the file was written holds it open for writing until it execs: https://github.com/golang/go/issues/22315
    private static bool IsBusy(Win32Exception refused) => refused.InnerException is Win32Exception { NativeErrorCode: TextFileBusy };
}
