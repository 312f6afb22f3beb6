using System.Text.Json;
using CliWrap;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.Bootstrap;

/// <summary>build.sh with the real compiler on a copy of the real sources. Slow: each scenario compiles what it must and no more.</summary>
public sealed class RealCompilerScenarios : IDisposable
{
    private const string Description = "Shows the history, the pods, and which prompts each pod serves";
    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("dify upgrade copy ");

    public void Dispose() => _copy.Delete(recursive: true);

    [Fact]
    public async Task A_source_with_an_old_time_is_compiled_and_the_program_is_ReadyToRun()
    {
        await CopyAsync();
        var source = Path.Combine(_copy.FullName, "build", "Build.cs");
        var written = File.GetLastWriteTimeUtc(source);

        (await CallAsync()).MustExitWith(0).MustSay(Description);
        await File.WriteAllTextAsync(source, (await File.ReadAllTextAsync(source, Token)).Replace(Description, "Says something new", StringComparison.Ordinal), Token);
        File.SetLastWriteTimeUtc(source, written);
        (await CallAsync()).MustExitWith(0).MustSay("Says something new").MustNotSay(Description);

        var programs = Path.Combine(_copy.FullName, ".nuke", "temp", "build");
        Assert.Equal(2, Directory.GetDirectories(programs).Length);
        Assert.All(Directory.GetDirectories(programs), program => Assert.True(File.Exists(Path.Combine(program, "_build.r2r.dll")), "not compiled ahead: " + program));
    }

    // What MSBuild reads and build.sh does not know of would be missed when it changes.
    [Fact]
    public async Task Everything_that_MSBuild_reads_is_an_input()
    {
        var function = (await File.ReadAllTextAsync(Path.Combine(TestSettings.Repository, "build.sh"), Token)).Split("\ninputs() {")[1].Split("\n}")[0];
        var listed = (await Run.OfAsync(Cli.Wrap("bash").WithArguments(["-c", $"inputs() {{{function}\n}}; root='{TestSettings.Repository}'; inputs -print"])))
            .MustExitWith(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);

        foreach (var project in listed.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            foreach (var file in await ReadByMSBuildAsync(project))
                Assert.True(listed.Contains(file), $"{project} is made of {file}, which build.sh does not look at");
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<string[]> ReadByMSBuildAsync(string project)
    {
        var run = await Run.OfAsync(Cli.Wrap("dotnet").WithWorkingDirectory(TestSettings.Repository).WithArguments(
            ["msbuild", project, "-nodeReuse:false", "-getProperty:MSBuildAllProjects", "-getItem:Compile", "-getItem:EmbeddedResource", "-getItem:AdditionalFiles", "-getItem:EditorConfigFiles"]));
        using var json = JsonDocument.Parse(run.MustExitWith(0).Output);
        return [.. json.RootElement.GetProperty("Items").EnumerateObject()
            .SelectMany(kind => kind.Value.EnumerateArray())
            .Select(item => item.GetProperty("FullPath").GetString()!)
            .Concat(json.RootElement.GetProperty("Properties").GetProperty("MSBuildAllProjects").GetString()!.Split(';'))
            .Where(file => file.StartsWith(TestSettings.Repository + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(TestSettings.Repository, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))];
    }

    private async Task CopyAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "build.ps1 is the script there");
        (await Run.OfAsync(Cli.Wrap("bash").WithWorkingDirectory(TestSettings.Repository).WithArguments(["-c",
            "tar -cf - --exclude=bin --exclude=obj build src tests/cluster/image build.sh .editorconfig .nuke/parameters.json *.props *.json *.txt | tar -xf - -C \"$0\"", _copy.FullName]))).MustExitWith(0);
    }

    private Task<Run> CallAsync() => Run.OfAsync(Cli.Wrap("bash")
        .WithArguments([Path.Combine(_copy.FullName, "build.sh"), "--help"])
        .WithEnvironmentVariables(variables => variables.Set("NUKE_ROOT", null)));
}
