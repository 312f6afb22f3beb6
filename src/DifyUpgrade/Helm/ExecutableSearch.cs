namespace DifyUpgrade.Helm;

/// <summary>Looks for executables as a shell does.</summary>
internal static class ExecutableSearch
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Finds a program in the folders of a PATH value.</summary>
    /// <param name="name">The program's name without extension.</param>
    /// <param name="searchPath">The folders, separated as in the PATH variable.</param>
    /// <returns>The first executable of that name; null when there is none.</returns>
    public static string? Find(string name, string searchPath) =>
        searchPath
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(folder => Extensions().Select(extension => Path.GetFullPath(name + extension, Path.GetFullPath(folder.Trim('"')))))
            .FirstOrDefault(IsExecutable);

    /// <summary>Whether the path is a file that may be executed.</summary>
    /// <param name="path">The path.</param>
    /// <returns>True on Windows for every file.</returns>
    public static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0);

    private static string[] Extensions() =>
        OperatingSystem.IsWindows()
            ? (Environment.GetEnvironmentVariable("PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").Split(';', StringSplitOptions.RemoveEmptyEntries)
            : [string.Empty];
}
