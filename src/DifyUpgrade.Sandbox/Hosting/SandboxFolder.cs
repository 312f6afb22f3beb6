namespace DifyUpgrade.Sandbox.Hosting;

/// <summary>The folder that a sandbox lives in. Everything in it is the owner's alone: it holds a token and a private key.</summary>
/// <param name="path">The folder's path.</param>
internal sealed class SandboxFolder(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>For kubectl and helm, as the administrator.</summary>
    public string Kubeconfig { get; } = Path.Combine(path, "kubeconfig");

    /// <summary>The same as a user without any rights, until a Role is bound to him.</summary>
    public string RestrictedKubeconfig { get; } = Path.Combine(path, "restricted.kubeconfig");

    /// <summary>Every object, for the next start.</summary>
    public string State { get; } = Path.Combine(path, "state.json");

    /// <summary>Where the running process is.</summary>
    public string Server { get; } = Path.Combine(path, "server.json");

    /// <summary>The certificate with its key, and the tokens: what stays the same from start to start.</summary>
    public string Identity { get; } = Path.Combine(path, "identity.json");

    /// <summary>What the process has to say.</summary>
    public string Log { get; } = Path.Combine(path, "sandbox.log");

    /// <summary>Held while a process is being started or stopped.</summary>
    public string Lock { get; } = Path.Combine(path, "lock");

    /// <summary>Makes the folder where it is missing.</summary>
    public void Create()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Writes a file whole or not at all.</summary>
    /// <param name="file">One of the folder's files.</param>
    /// <param name="write">Writes its content.</param>
    public static void Write(string file, Action<Stream> write)
    {
        var unfinished = file + ".new";
        using (var stream = Create(unfinished))
            write(stream);
        File.Move(unfinished, file, overwrite: true);
    }

    /// <summary>Opens a new file that only its owner may read.</summary>
    /// <param name="file">One of the folder's files.</param>
    public static FileStream Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(file, options);
    }
}
