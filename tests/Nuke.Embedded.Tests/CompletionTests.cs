using System.Diagnostics;
using Nuke.Common.IO;
using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class CompletionTests
{
    private const string Builtin = "--continue --help --host --no-logo --plan --profile --root --skip --target --verbosity";
    private const string All = "--names --volume --dry " + Builtin;

    public static bool HasBash => IsInstalled("bash");

    public static bool HasZsh => IsInstalled("zsh");

    public static bool HasPowerShell => IsInstalled("pwsh") || HasPowerShellTool;

    // What `dotnet tool restore` brings; it is not on the PATH.
    private static bool HasPowerShellTool => !OperatingSystem.IsWindows() && Directory.Exists(Path.Combine(PackagesFolder, "powershell"));

    private static string PackagesFolder => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    [Theory]
    [InlineData("", "Show Upgrade --fixed --get-only --release --values-files --revision --big --ratio --install --maybe --config-map-drift --drifts --timeout --id --prompts-file --loglevel --numbers --inherited " + Builtin)]
    [InlineData("Up", "Upgrade")]
    [InlineData("up", "upgrade")]
    [InlineData("Upgrade s", "show")]
    [InlineData("Upgrade u", "")]
    [InlineData("--re", "--release --revision")]
    [InlineData("--release x --re", "--revision")]
    [InlineData("--config-map-drift ", "Ignore WarnOnly Fail")]
    [InlineData("--ConfigMapDrift w", "warnOnly")]
    [InlineData("--config-map-drift=", "--config-map-drift=Ignore --config-map-drift=WarnOnly --config-map-drift=Fail")]
    [InlineData("--config-map-drift=F", "--config-map-drift=Fail")]
    [InlineData("--config-map-drift Fail S", "Show")]
    [InlineData("--config-map-drift -", "")]
    [InlineData("--release ", "")]
    [InlineData("--unknown ", "")]
    [InlineData("--unknown=", "")]
    [InlineData("--drifts Fail I", "Ignore")]
    [InlineData("--drifts Fail F", "")]
    [InlineData("--install t", "true")]
    [InlineData("--install U", "Upgrade")]
    [InlineData("--skip ", "Show Upgrade")]
    [InlineData("--profile ", "production staging")]
    [InlineData("--host ", "Terminal GitHubActions PlainServer")]
    [InlineData("--verbosity q", "quiet")]
    public void What_can_follow_is_listed(string line, string expected)
    {
        using var runner = new BuildRunner().WithFile(".nuke/parameters.staging.json", "{}").WithFile(".nuke/parameters.production.json", "{}");
        var outcome = ParameterBuild.RunIn(runner, ":complete", "./build.sh " + line);
        var items = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, string.Join(' ', items));
        Assert.Equal(0, outcome.ExitCode);
        Assert.Empty(outcome.Error);
        Assert.Empty(outcome.Calls);
    }

    [Fact]
    public void The_line_may_come_in_one_piece_or_in_several()
        => Assert.Equal("Upgrade\n", ParameterBuild.Run(":complete", "./build.sh", "Upg").Output);

    [Theory(SkipUnless = nameof(HasBash), Skip = "needs bash")]
    [InlineData("./build.sh Wait", "Wait WaitForTool")]
    [InlineData("./build.sh Hello --vo", "--volume")]
    [InlineData("./build.sh --volume h", "high")]
    [InlineData("./build.sh --volume=", "Low High", "=")]
    [InlineData("./build.sh --volume=l", "low", "l")]
    [InlineData("./build.sh Hello --", All + " --token --count")]
    public async Task Bash_offers_it(string line, string expected, string? current = null)
        => Assert.Equal(Sorted(expected), Sorted(await AskAsync("bash", "-c", $$"""
            source '{{Script("bash")}}'
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=('{{current ?? line.Split(' ')[^1]}}') COMP_CWORD=0
            _build_sh ./build.sh
            printf '%s\n' "${COMPREPLY[@]}"
            complete -p ./build.sh >/dev/null
            """)));

    [Theory(SkipUnless = nameof(HasZsh), Skip = "needs zsh")]
    [InlineData("./build.sh Wait", "Wait WaitForTool")]
    [InlineData("./build.sh Hello --vo", "--volume")]
    [InlineData("./build.sh --volume=l", "--volume=low")]
    [InlineData("./build.sh --names ", "files")]
    public async Task Zsh_offers_it(string line, string expected)
        => Assert.Equal(Sorted(expected), Sorted(await AskAsync("zsh", "-f", "-c", $$"""
            compdef() { [[ "$*" == "_build_sh build.sh build.cmd" ]] || exit 1 }
            compadd() { shift; print -l -- $@ }
            _files() { print files }
            source '{{Script("zsh")}}'
            words=({{line.TrimEnd()}}{{(line.EndsWith(' ') ? " ''" : "")}}) CURRENT=$#words PREFIX='{{line.Split(' ')[^1]}}'
            _build_sh
            """)));

    [Theory(SkipUnless = nameof(HasPowerShell), Skip = "needs PowerShell: dotnet tool restore")]
    [InlineData("./build.sh Wait", "Wait WaitForTool")]
    [InlineData("./build.sh --volume ", "Low High")]
    [InlineData("./build.sh --volume=l", "--volume=low")]
    public async Task PowerShell_offers_it(string line, string expected)
    {
        string[] shell = IsInstalled("pwsh") ? ["pwsh"] : ["dotnet", "tool", "run", "pwsh", "--"];
        Assert.Equal(Sorted(expected), Sorted(await AskAsync(shell[0], [.. shell[1..], "-NoProfile", "-Command", $"""
            . '{Script("ps1")}'
            (TabExpansion2 -inputScript '{line}' -cursorColumn {line.Length}).CompletionMatches.CompletionText
            """])));
    }

    private static string Script(string ending) => Path.Combine(Snapshot.Repository, "build", "completion", $"build.{ending}");

    private static bool IsInstalled(string shell)
        => !OperatingSystem.IsWindows() && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, shell)));

    private static string[] Sorted(string items) => [.. items.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    /// <summary>Runs a shell beside a build.sh that starts the sample build.</summary>
    private static async Task<string> AskAsync(string shell, params string[] arguments)
    {
        using var runner = new BuildRunner();
        (runner.Root / ".config").CreateDirectory();
        runner.WithFile(".config/dotnet-tools.json", await File.ReadAllTextAsync(Path.Combine(Snapshot.Repository, ".config", "dotnet-tools.json"), TestContext.Current.CancellationToken));
        var script = runner.Root / "build.sh";
        script.WriteAllText($"#!/bin/sh\nexec dotnet '{SampleRun.Program}' \"$@\"");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var process = Process.Start(new ProcessStartInfo(shell, arguments) { WorkingDirectory = runner.Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await error);
        return output;
    }
}
