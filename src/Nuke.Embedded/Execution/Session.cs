namespace Nuke.Common.Execution;

/// <summary>What a run gets from outside, so that tests can give it something else.</summary>
internal sealed class Session
{
    /// <summary>The run of this process. Nuke's API is static, so there is one at a time.</summary>
    public static Session Current
    {
        get => field ??= FromProcess();
        set;
    }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required AbsolutePath WorkingDirectory { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public SecretMask Secrets { get; } = new();

    public Interruption Interruption { get; } = new();

    public AbsolutePath RootDirectory
    {
        get => field ??= FindRoot() ?? throw new DirectoryNotFoundException($"No folder from {WorkingDirectory} upwards has a .nuke folder.");
        set;
    }

    public Host Host
    {
        get => field ??= Host.Detect(this);
        set;
    }

    public static Session FromProcess() => new()
    {
        Arguments = System.Environment.GetCommandLineArgs()[1..],
        Environment = System.Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal),
        WorkingDirectory = System.Environment.CurrentDirectory,
    };

    /// <summary>Looks for the nearest folder with <c>.nuke</c>, from the working directory upwards, then from the program.</summary>
    public AbsolutePath? FindRoot() => FindRoot(WorkingDirectory) ?? FindRoot(AppContext.BaseDirectory);

    // The home folder's .nuke is Nuke's own store, not the mark of a build.
    private static AbsolutePath? FindRoot(AbsolutePath start)
    {
        var home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        for (AbsolutePath? folder = start; folder is not null; folder = folder.Parent)
        {
            if ((folder / ".nuke").DirectoryExists())
                return folder.ToString() == home ? null : folder;
        }

        return null;
    }
}
