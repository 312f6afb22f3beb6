namespace DifyUpgrade.Planning;

/// <summary>
/// A folder for files with secrets, which helm can only read from disk: 0700 with files of 0600, gone when the process ends.
/// One that a killed process left behind is deleted by the next.
/// </summary>
internal sealed class SecretFolder : IDisposable
{
    private const string Mark = "in-use";

    private readonly string _path;
    private readonly FileStream _mark;

    private SecretFolder(string path)
    {
        _path = path;
        Create(path);
        _mark = new FileStream(Path.Combine(path, Mark), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <summary>Makes one below the repository root, in a place that git ignores.</summary>
    /// <param name="rootFolder">The repository root.</param>
    /// <returns>The folder.</returns>
    public static SecretFolder In(string rootFolder)
    {
        var all = PlaceIn(rootFolder);
        return new SecretFolder(Path.Combine(all, $"{Environment.ProcessId}-{Guid.NewGuid():N}"));
    }

    /// <summary>Deletes what processes left behind that were killed.</summary>
    /// <param name="rootFolder">The repository root.</param>
    public static void DeleteLeftovers(string rootFolder)
    {
        var all = PlaceIn(rootFolder);
        foreach (var folder in Directory.Exists(all) ? Directory.GetDirectories(all) : [])
        {
            if (!IsInUse(folder))
                Delete(folder);
        }
    }

    /// <summary>Writes a file that only this user can read.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="text">Its content.</param>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        var path = Path.Combine(_path, $"{Guid.NewGuid():N}"[..6] + "-" + name);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        _mark.Dispose();
        Delete(_path);
    }

    private static string PlaceIn(string rootFolder) => Path.Combine(rootFolder, ".nuke", "temp", "secrets");

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static bool IsInUse(string folder)
    {
        try
        {
            using var mark = new FileStream(Path.Combine(folder, Mark), FileMode.Open, FileAccess.Write, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            // It is being made at this moment, or was being deleted: the next run will know.
            return Directory.GetFiles(folder).Length == 0;
        }
        catch (Exception other) when (other is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process was quicker.
        }
    }

    private void OnExit(object? sender, EventArgs arguments) => Dispose();
}
