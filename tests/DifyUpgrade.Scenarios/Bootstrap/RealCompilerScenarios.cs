using System.Text.Json;
using CliWrap;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.Bootstrap;

/// <summary>build.sh with the real compiler on a copy of the real sources. Slow: each scenario compiles what it must and no more.</summary>
public sealed class RealCompilerScenarios : IDisposable
{
    private const string Description = "Shows the history, the pods, and which prompts each pod serves";
    private readonly SourceCopy _copy = new("dify upgrade, copy ");

    public void Dispose() => _copy.Dispose();

    [Fact]
    public async Task A_source_with_an_old_time_is_compiled_and_the_program_is_ReadyToRun()
    {
        await _copy.TakeAsync();
        var source = Path.Combine(_copy.Root, "build", "Build.cs");
        var written = File.GetLastWriteTimeUtc(source);

        (await _copy.CallAsync()).MustExitWith(0).MustSay(Description);
        await File.WriteAllTextAsync(source, (await File.ReadAllTextAsync(source, Token)).Replace(Description, "Says something new", StringComparison.Ordinal), Token);
        File.SetLastWriteTimeUtc(source, written);
        (await _copy.CallAsync()).MustExitWith(0).MustSay("Says something new").MustNotSay(Description);

        Assert.Equal(2, _copy.Programs.Length);
        Assert.All(_copy.Programs, program => Assert.True(File.Exists(Path.Combine(program, "_build.r2r.dll")), "not compiled ahead: " + program));
    }

    [Fact]
    public async Task Two_copies_in_two_folders_make_the_same_bytes()
    {
        using var other = new SourceCopy("another-folder-with-a-longer-name=");
        foreach (var copy in (SourceCopy[])[_copy, other])
        {
            await copy.TakeAsync();
            (await copy.CallAsync()).MustExitWith(0);
        }

        var hashes = _copy.ProgramHashes();
        Assert.Contains("_build.r2r.dll", hashes.Keys);
        Assert.Contains("sandbox/DifyUpgrade.Sandbox.dll", hashes.Keys);
        Assert.Equal(hashes, other.ProgramHashes());
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
}
