using CliWrap;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>A build and a helm that crash at work leave no dump, though the caller's environment asks for all there are.</summary>
public abstract class DumpScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    private const int Aborted = 134;

    // "Compiles" by taking the program that these tests were built with, and runs it with the real dotnet.
    private static readonly string StandIn = $$"""
        #!/usr/bin/env bash
        case $1 in
        --version) echo 10.0.100 ;;
        build)
            for argument; do case $argument in -p:ProgramFolder=*) program=${argument#*=} ;; esac; done
            mkdir -p "$program" && cp -r "{{Path.GetDirectoryName(TestSettings.BuildProgram)}}/." "$program" ;;
        *) exec "{{Environment.ProcessPath}}" "$@" ;;
        esac
        """;

    private string Dumps => Workspace.At("dumps");

    [Fact]
    public async Task A_crash_leaves_no_dump_whatever_the_caller_has_switched_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "build.ps1 is the script there, and nothing sends it SIGABRT");
        await InstallAsync();
        var crashed = await Run.OfInterruptedAsync(Script(Build("Upgrade", "99.0.0", "--failure-grace", "4m")), "ABRT", whenItSays: "ImagePull", untilItEnds: true);
        crashed.MustExitWith(Aborted);
        await SignalHelmAsync("ABRT");
        while ((await Run.OfAsync(Cli.Wrap("pgrep").WithArguments(["-f", $"helm upgrade dify .*--namespace {Namespace} "]))).ExitCode == 0)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();

        Assert.Empty(Directory.GetFiles(Dumps));
        Assert.DoesNotContain(Workspace.Canary, crashed.Text, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Workspace.At("artifacts"), "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(Workspace.Canary, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    // The same command line through build.sh, in a shell that wants core files, with dumps of .NET's and Go's switched on.
    private Command Script(Command build)
    {
        Directory.CreateDirectory(Dumps);
        File.Copy(Path.Combine(TestSettings.Repository, "build.sh"), Workspace.At("build.sh"));
        Workspace.Write("tools/dotnet", StandIn.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Workspace.At("tools/dotnet"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var arguments = build.Arguments[(build.Arguments.IndexOf("_build.dll", StringComparison.Ordinal) + "_build.dll".Length)..].TrimStart('"');
        return Cli.Wrap("bash")
            .WithArguments(["-c", $"ulimit -c unlimited; cd '{Dumps}'; exec bash '{Workspace.At("build.sh")}' {arguments}"])
            .WithEnvironmentVariables(variables =>
            {
                foreach (var (name, value) in build.EnvironmentVariables)
                    variables.Set(name, value);
                variables.Set("NUKE_ROOT", null).Set("PATH", Workspace.At("tools") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"));
                variables.Set("DOTNET_DbgEnableMiniDump", "1").Set("DOTNET_DbgMiniDumpName", Path.Combine(Dumps, "dump.%p")).Set("DOTNET_EnableCrashReport", "1").Set("GOTRACEBACK", "crash");
            });
    }
}
