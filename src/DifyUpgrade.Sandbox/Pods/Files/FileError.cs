namespace DifyUpgrade.Sandbox.Pods.Files;

/// <summary>A file operation that failed, with the words that the C library has for it.</summary>
internal sealed class FileError(string message) : Exception(message)
{
    /// <summary>There is nothing of that name.</summary>
    public static FileError Missing => new("No such file or directory");

    /// <summary>It is a folder.</summary>
    public static FileError IsFolder => new("Is a directory");

    /// <summary>Something on the way is no folder.</summary>
    public static FileError NoFolder => new("Not a directory");

    /// <summary>The asking user may not.</summary>
    public static FileError Denied => new("Permission denied");

    /// <summary>Nothing can be written there.</summary>
    public static FileError ReadOnly => new("Read-only file system");

    /// <summary>Symbolic links go round in circles.</summary>
    public static FileError TooManyLinks => new("Symbolic link loop");

    /// <summary>Something is mounted there.</summary>
    public static FileError Busy => new("Resource busy");

    /// <summary>There is something of that name.</summary>
    public static FileError Exists => new("File exists");
}
