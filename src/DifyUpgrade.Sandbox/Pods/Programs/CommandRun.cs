using System.Text;

namespace DifyUpgrade.Sandbox.Pods.Programs;

/// <summary>Runs a command in a container to its end, without letting time pass: for probes and hooks.</summary>
internal static class CommandRun
{
    private const int MostSteps = 10_000;

    /// <summary>Runs it.</summary>
    /// <param name="run">The container.</param>
    /// <param name="command">The command.</param>
    /// <param name="limit">How long it may take.</param>
    /// <returns>Its exit code, null where it took too long or is not there; what it said; how long it takes.</returns>
    public static (int? ExitCode, string Output, TimeSpan Took) ToEnd(ContainerRun run, IReadOnlyList<string> command, TimeSpan limit)
    {
        if (Program(run, run.ContextOf(command)) is not { } program)
            return (null, ContainerStart.NoProgram(command[0]), TimeSpan.Zero);
        var (output, took, steps) = (new StringBuilder(), TimeSpan.Zero, 0);
        foreach (var step in program)
        {
            took += step is Wait wait ? wait.PodTime : TimeSpan.Zero;
            if (step is Exit exit)
                return (exit.Code, output.ToString(), took);
            if (step is Write write)
                output.Append(Encoding.UTF8.GetString(write.Bytes.Span));
            if (took > limit || step is WaitForSignal || ++steps > MostSteps)
                return (null, output.ToString(), limit);
        }

        return (0, output.ToString(), took);
    }

    /// <summary>A command's program.</summary>
    /// <returns>Null where the container has none of that name.</returns>
    public static IEnumerable<ProgramStep>? Program(ContainerRun run, ProgramContext context) => run.Image.HasShell ? ProgramTable.Find(context) : null;
}
