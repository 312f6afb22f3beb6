namespace Nuke.Common;

public abstract partial class NukeBuild
{
    /// <summary>The folder that holds <c>.nuke</c>.</summary>
    public static AbsolutePath RootDirectory => Session.Current.RootDirectory;

    /// <summary>A folder for what may be deleted at any time: <c>.nuke/temp</c>.</summary>
    public static AbsolutePath TemporaryDirectory => RootDirectory / ".nuke" / "temp";

    /// <summary>How much is logged.</summary>
    public static Verbosity Verbosity
    {
        get => Logging.Verbosity;
        set => Logging.Verbosity = value;
    }

    /// <summary>What the build runs on.</summary>
    public static Host Host
    {
        get => Session.Current.Host;
        set => Session.Current.Host = value;
    }

    /// <summary>Whether a person started the build.</summary>
    public static bool IsLocalBuild => !IsServerBuild;

    /// <summary>Whether a CI server runs the build.</summary>
    public static bool IsServerBuild => Host is IBuildServer;
}
