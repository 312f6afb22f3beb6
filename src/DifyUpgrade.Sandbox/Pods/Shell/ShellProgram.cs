using System.Text;
using DifyUpgrade.Sandbox.Pods.Files;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods.Shell;

/// <summary>The shell as a program: <c>sh -c SCRIPT</c>, <c>sh FILE</c>, or line by line from its input.</summary>
internal static class ShellProgram
{
    /// <summary>Runs it.</summary>
    public static IEnumerable<ProgramStep> Run(ProgramContext context)
    {
        var options = context.Arguments.Skip(1).TakeWhile(argument => argument.StartsWith('-')).ToList();
        var rest = context.Arguments.Skip(1 + options.Count).ToList();
        var isScript = options.Exists(option => option.Contains('c', StringComparison.Ordinal));
        var name = isScript ? rest.ElementAtOrDefault(1) ?? "sh" : rest.ElementAtOrDefault(0) ?? "sh";
        var state = new ShellState(context, [name, .. rest.Skip(isScript ? 2 : 1)])
        {
            EndsOnFailure = options.Exists(option => option.Contains('e', StringComparison.Ordinal)),
        };
        return isScript ? Script(state, rest.ElementAtOrDefault(0) ?? "")
            : rest.Count > 0 ? File(state, rest[0])
            : Lines(state);
    }

    private static IEnumerable<ProgramStep> Script(ShellState state, string script)
    {
        foreach (var step in Steps(state, script))
            yield return step;
        yield return new Exit(state.ExitCode);
    }

    private static IEnumerable<ProgramStep> File(ShellState state, string path)
    {
        try
        {
            return Script(state, Encoding.UTF8.GetString(state.Context.Files.Read(state.Context.PathOf(path), state.Context.User).Span));
        }
        catch (FileError)
        {
            return [Write.Line($"sh: can't open '{path}': No such file or directory", toError: true), new Exit(2)];
        }
    }

    private static IEnumerable<ProgramStep> Lines(ShellState state)
    {
        if (state.Context.Input is { } input)
        {
            foreach (var step in Steps(state, Encoding.UTF8.GetString(input.Span)))
                yield return step;
        }

        while (state.Context.Input is null && !state.HasExited)
        {
            if (state.Context.HasTerminal)
                yield return new Write(Encoding.UTF8.GetBytes($"{state.Context.Folder} $ "), ToError: false);
            var line = new ReadLine();
            yield return line;
            if (line.Line is null)
                break;
            foreach (var step in Steps(state, Encoding.UTF8.GetString(line.Line)))
                yield return step;
        }

        yield return new Exit(state.ExitCode);
    }

    private static IEnumerable<ProgramStep> Steps(ShellState state, string script)
    {
        try
        {
            return new ShellRun(state).Run(ShellParser.Parse(script));
        }
        catch (ShellSyntaxException error)
        {
            state.ExitCode = 2;
            return [Write.Line($"sh: syntax error: {error.Message}", toError: true)];
        }
    }
}
