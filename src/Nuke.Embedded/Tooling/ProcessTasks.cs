namespace Nuke.Common.Tooling;

/// <summary>Starts tools.</summary>
public static class ProcessTasks
{
    /// <summary>Whether what tools write is logged unless a call says otherwise.</summary>
    public static bool DefaultLogOutput { get; set; } = true;

    /// <summary>Whether the command is logged unless a call says otherwise.</summary>
    public static bool DefaultLogInvocation { get; set; } = true;

    /// <summary>Starts a tool.</summary>
    /// <param name="toolPath">Its file, or its name to be looked for on the PATH.</param>
    /// <param name="arguments">Its arguments, quoted where needed.</param>
    /// <param name="workingDirectory">The folder it runs in; the current one if not given.</param>
    /// <param name="environmentVariables">Its whole environment; the current one if not given.</param>
    /// <param name="timeout">Milliseconds until it is killed.</param>
    /// <param name="logOutput">Whether what it writes is logged.</param>
    /// <param name="logInvocation">Whether the command is logged.</param>
    /// <param name="logger">Gets what it writes, line by line, in place of the log.</param>
    /// <param name="outputFilter">Takes secrets out of the command and of what it writes.</param>
    /// <returns>The process, which runs.</returns>
    /// <exception cref="FileNotFoundException">There is no such tool.</exception>
    public static IProcess StartProcess(
        string toolPath,
        string? arguments = null,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string>? environmentVariables = null,
        int? timeout = null,
        bool? logOutput = null,
        bool? logInvocation = null,
        Action<OutputType, string>? logger = null,
        Func<string, string>? outputFilter = null)
    {
        var start = new ProcessStartInfo(Find(toolPath), arguments ?? "")
        {
            WorkingDirectory = workingDirectory ?? Environment.CurrentDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (environmentVariables is not null)
            start.Environment.Clear();
        foreach (var (name, value) in environmentVariables ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        outputFilter ??= text => text;
        if (logInvocation ?? DefaultLogInvocation)
            Log.Information("> {ToolPath:l} {Arguments:l}", start.FileName, outputFilter(start.Arguments));
        return new RunningProcess(start, timeout, logOutput ?? DefaultLogOutput ? logger ?? DefaultLogger : null, outputFilter);
    }

    /// <summary>Logs a line of standard output for debugging, and one of standard error as an error.</summary>
    public static void DefaultLogger(OutputType type, string output)
    {
        if (type == OutputType.Std)
            Log.Debug("{Line:l}", output);
        else
            Log.Error("{Line:l}", output);
    }

    private static string Find(string tool)
    {
        var isPath = Path.IsPathRooted(tool) || tool.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        IEnumerable<string> folders = isPath ? [Session.Current.WorkingDirectory] : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] endings = OperatingSystem.IsWindows() ? ["", ".exe", ".cmd", ".bat"] : [""];
        return folders.SelectMany(folder => endings.Select(ending => Path.Combine(folder, tool + ending))).FirstOrDefault(File.Exists)
               ?? throw new FileNotFoundException(isPath ? $"There is no file {tool}." : $"There is no {tool} on the PATH.", tool);
    }
}
