using CliWrap;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.Bootstrap;

/// <summary>The real build.sh and build.ps1 over sources of a few bytes, with a dotnet that compiles by gluing them together.</summary>
internal sealed class BootstrapFolder : IDisposable
{
    private const string StandIn = """
        #!/usr/bin/env bash
        # "Compiles" the sources into one file, and "runs" that file by printing it. Files beside it make it fail or wait.
        # Like MSBuild it takes a comma in a property for the end of it, unless it is escaped.
        here=${BASH_SOURCE[0]%/*}
        wait_while() { while [ -e "$here/$1" ]; do : >"$here/$1.reached"; sleep 0.02; done; }
        case $1 in
        --version) echo 10.0.100 ;;
        build)
            echo "$*" >>"$here/builds"
            for argument; do case $argument in -p:ProgramFolder=*) program=${argument#*=} ;; esac; done
            program=${program%%,*}
            program=${program//%2C/,}
            case $* in *ReadyToRun=false*) ;; *)
                if [ -e "$here/no-crossgen" ]; then echo "_build.csproj : error NU1101: no package Microsoft.NETCore.App.Crossgen2"; exit 1; fi ;;
            esac
            if [ -e "$here/broken" ]; then echo "Build.cs(1,1): error CS1002: ; expected"; exit 1; fi
            mkdir -p "$program"
            cat build/*.cs >"$program/_build.dll"
            wait_while hold-build
            cat src/*/*.cs Directory.Build.props >>"$program/_build.dll" ;;
        *)
            wait_while hold-run
            cat "$1"; shift; echo "arguments: $*; root: $NUKE_ROOT" ;;
        esac
        """;

    public BootstrapFolder()
    {
        Directory.CreateDirectory(Root);
        foreach (var script in (string[])["build.sh", "build.ps1"])
            File.Copy(Path.Combine(TestSettings.Repository, script), At(script));
        Write("build/Build.cs", "first\n");
        Write("src/Stage/Stage.cs", "stage\n");
        Write("Directory.Build.props", "<props/>\n");
        Write("global.json", "{}\n");
        Write("BannedSymbols.txt", "");
        Write(".editorconfig", "");
        Write("../tools/dotnet", StandIn.ReplaceLineEndings("\n"));
        Write("../tools/sdk/10.0.100/dotnet.dll", "");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(At("../tools/dotnet"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("dify-upgrade-bootstrap-");
    private string _name = "a, checkout";

    /// <summary>The folder of both scripts.</summary>
    public string Root => Path.Combine(_home.FullName, _name);

    /// <summary>The folder of the stand-in.</summary>
    public string Tools => Path.Combine(_home.FullName, "tools");

    /// <summary>How often something was compiled.</summary>
    public int Builds => File.Exists(At("../tools/builds")) ? File.ReadAllLines(At("../tools/builds")).Length : 0;

    /// <summary>The folders of compiled programs, and of compilations that did not end.</summary>
    public string[] Programs => Directory.GetDirectories(At(".nuke/temp/build"));

    public string At(string path) => Path.Combine(Root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>Changes a file and puts its time back, as a checkout or a copy may.</summary>
    public void WriteInThePast(string path, string text)
    {
        Write(path, text);
        File.SetLastWriteTimeUtc(At(path), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    public void Rename(string name)
    {
        Directory.Move(Root, Path.Combine(_home.FullName, name));
        _name = name;
    }

    /// <summary>A call of build.sh or build.ps1, not yet made.</summary>
    public Command Command(string script, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the dotnet that these tests put in place is a shell script");
        string[] line = script == "build.sh" ? ["bash", At(script)] : [.. PowerShell(), "-NoProfile", "-File", At(script)];
        return Cli.Wrap(line[0])
            .WithArguments([.. line.Skip(1), .. arguments])
            .WithWorkingDirectory(TestSettings.Repository)
            .WithEnvironmentVariables(variables => variables
                .Set("PATH", Tools + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"))
                .Set("NUKE_ROOT", null));
    }

    /// <summary>A call to its end.</summary>
    public Task<Run> CallAsync(string script, params string[] arguments) => Run.OfAsync(Command(script, arguments));

    /// <summary>Waits until the stand-in has come to the file that holds it up.</summary>
    public async Task ReachedAsync(string hold)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!File.Exists(At($"../tools/{hold}.reached")))
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _home.Delete(recursive: true);

    private static string[] PowerShell()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (folders.Select(folder => Path.Combine(folder, "pwsh")).FirstOrDefault(File.Exists) is { } installed)
            return [installed];
        var tool = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages", "powershell");
        Assert.SkipUnless(Directory.Exists(tool), "no PowerShell: dotnet tool restore");
        return ["dotnet", "tool", "run", "pwsh", "--"];
    }
}
