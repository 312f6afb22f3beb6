using DifyUpgrade.Sandbox.Pods.Files;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods.Shell;

/// <summary>The commands that a shell does itself, because they change the shell.</summary>
internal static class ShellBuiltins
{
    private static readonly Dictionary<string, Func<ShellRun, ShellState, List<string>, IEnumerable<ProgramStep>>> All = new(StringComparer.Ordinal)
    {
        [":"] = (_, state, _) => Done(state, 0),
        ["exit"] = (_, state, words) => ExitShell(state, words),
        ["return"] = (_, state, words) => ExitShell(state, words),
        ["cd"] = (_, state, words) => ChangeFolder(state, words),
        ["export"] = (_, state, words) => Export(state, words),
        ["unset"] = (_, state, words) => Unset(state, words),
        ["set"] = (_, state, words) => Options(state, words),
        ["umask"] = (_, state, _) => Done(state, 0),
        ["wait"] = (_, state, _) => Done(state, 0),
        ["trap"] = (_, state, words) => Trap(state, words),
        ["exec"] = Exec,
        ["eval"] = Evaluate,
        ["command"] = Command,
        ["type"] = (_, state, words) => Locate(state, words.Skip(1)),
        ["read"] = (_, state, words) => Read(state, words),
        ["kill"] = (_, state, words) => Kill(state, words),
    };

    /// <summary>A command that the shell does itself.</summary>
    /// <returns>Null for another command.</returns>
    public static Func<ShellRun, ShellState, List<string>, IEnumerable<ProgramStep>>? Find(string name) => All.GetValueOrDefault(name);

    private static IEnumerable<ProgramStep> Done(ShellState state, int code)
    {
        state.ExitCode = code;
        return [];
    }

    private static IEnumerable<ProgramStep> ExitShell(ShellState state, List<string> words)
    {
        state.ExitCode = words.Count > 1 && int.TryParse(words[1], out var code) ? code & 255 : state.ExitCode;
        state.HasExited = true;
        return [];
    }

    private static IEnumerable<ProgramStep> ChangeFolder(ShellState state, List<string> words)
    {
        var path = words.ElementAtOrDefault(1) ?? state.Value("HOME");
        try
        {
            var folder = state.Context.Files.Resolve(state.Context.PathOf(path), follow: true);
            if (state.Context.Files.Find(folder) is not FolderNode)
                throw FileError.NoFolder;
            state.Context = state.Context with { Folder = folder.Length == 0 ? "/" : folder };
            state.Set("PWD", state.Context.Folder);
            return Done(state, 0);
        }
        catch (FileError error)
        {
            state.ExitCode = 2;
            return [Write.Line($"sh: cd: line 0: can't cd to {path}: {error.Message}", toError: true)];
        }
    }

    private static IEnumerable<ProgramStep> Export(ShellState state, List<string> words)
    {
        foreach (var word in words.Skip(1))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                state.Set(word[..equals], word[(equals + 1)..]);
            state.Export(equals > 0 ? word[..equals] : word);
        }

        return Done(state, 0);
    }

    private static IEnumerable<ProgramStep> Unset(ShellState state, List<string> words)
    {
        words.Skip(1).ToList().ForEach(state.Unset);
        return Done(state, 0);
    }

    private static IEnumerable<ProgramStep> Options(ShellState state, List<string> words)
    {
        if (words.Skip(1).Any(word => word.StartsWith('-') && word.Contains('e', StringComparison.Ordinal)))
            state.EndsOnFailure = true;
        return Done(state, 0);
    }

    // A trap that exits lets the container go when it is told to; an empty one, like none, lets it stay.
    private static IEnumerable<ProgramStep> Trap(ShellState state, List<string> words)
    {
        state.ExitCode = 0;
        var isTermination = words.Skip(2).Any(signal => signal is "TERM" or "SIGTERM" or "15");
        if (!isTermination || words[1].Length == 0)
            return [];
        var exit = words[1].LastIndexOf("exit", StringComparison.Ordinal);
        return [new HandleTermination(exit >= 0 && int.TryParse(words[1][(exit + 4)..].Trim(' ', ';'), out var code) ? code : 0)];
    }

    private static IEnumerable<ProgramStep> Exec(ShellRun run, ShellState state, List<string> words)
    {
        if (words.Count == 1)
            yield break;
        foreach (var step in run.RunProgram(words[1..]))
            yield return step;
        state.HasExited = true;
    }

    private static IEnumerable<ProgramStep> Evaluate(ShellRun run, ShellState state, List<string> words)
    {
        var context = state.Context;
        if (context.Depth > ShellRun.MostDepth)
            throw new ShellSyntaxException("scripts call scripts too deep for the sandbox");
        state.Context = context with { Depth = context.Depth + 1 };
        foreach (var step in run.Run(ShellParser.Parse(string.Join(' ', words.Skip(1)))))
            yield return step;
        state.Context = state.Context with { Depth = context.Depth };
    }

    private static IEnumerable<ProgramStep> Command(ShellRun run, ShellState state, List<string> words) =>
        words.ElementAtOrDefault(1) == "-v" ? Locate(state, words.Skip(2)) : run.RunProgram(words[1..]);

    private static IEnumerable<ProgramStep> Locate(ShellState state, IEnumerable<string> names)
    {
        state.ExitCode = 0;
        foreach (var name in names)
        {
            if (Find(name) is not null || ProgramTable.Find(state.Context with { Arguments = [name] }) is not null)
                yield return Write.Line(Find(name) is not null ? name : $"/bin/{name}");
            else
                state.ExitCode = 127;
        }
    }

    private static IEnumerable<ProgramStep> Read(ShellState state, List<string> words)
    {
        var line = new ReadLine();
        if (state.Context.Input is null)
            yield return line;
        state.ExitCode = line.Line is null ? 1 : 0;
        state.Set(words.Last(word => !word.StartsWith('-')), line.Line is null ? "" : System.Text.Encoding.UTF8.GetString(line.Line).TrimEnd('\n'));
    }

    private static IEnumerable<ProgramStep> Kill(ShellState state, List<string> words)
    {
        var signal = words.Skip(1).FirstOrDefault(word => word.StartsWith('-')) switch
        {
            "-9" or "-KILL" or "-SIGKILL" => 9,
            "-2" or "-INT" => 2,
            "-0" => 0,
            _ => 15,
        };
        state.ExitCode = 0;
        if (signal == 0 || !int.TryParse(words[^1], out var process))
            yield break;
        yield return new Signal(signal, process);
        if (process != state.Context.Process || process == 1)
            yield break;
        state.ExitCode = 128 + signal;
        state.HasExited = true;
    }
}
