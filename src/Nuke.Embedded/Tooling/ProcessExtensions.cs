namespace Nuke.Common.Tooling;

/// <summary>What to expect of a tool.</summary>
public static class ProcessExtensions
{
    /// <summary>Waits until the tool has ended by itself.</summary>
    /// <exception cref="TimeoutException">It had to be killed.</exception>
    public static IProcess AssertWaitForExit(this IProcess? process)
        => process!.WaitForExit() ? process : throw new TimeoutException($"{process.FileName} ran into its timeout and was killed.");

    /// <summary>Waits until the tool has ended well.</summary>
    /// <exception cref="TimeoutException">It had to be killed.</exception>
    /// <exception cref="ProcessException">Its exit code is not 0.</exception>
    public static IProcess AssertZeroExitCode(this IProcess? process)
        => process.AssertWaitForExit() is { ExitCode: 0 } ended ? ended : throw new ProcessException(process!);

    /// <summary>The lines of standard output as one text.</summary>
    public static string StdToText(this IEnumerable<Output> output)
        => string.Join(Environment.NewLine, output.Where(line => line.Type == OutputType.Std).Select(line => line.Text));
}
