using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.Bootstrap;

/// <summary>A changed source is never missed, and nothing else costs a compilation.</summary>
public sealed class FreshnessScenarios : IDisposable
{
    private readonly BootstrapFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("build.sh")]
    [InlineData("build.ps1")]
    public async Task What_changed_is_compiled_once_whatever_its_times_say(string script)
    {
        await CompilesAsync(script, "first\nstage\n<props/>", () => { });
        await StartsAsync(script, "first\nstage\n<props/>");
        await CompilesAsync(script, "second\nstage", () => _folder.WriteInThePast("build/Build.cs", "second\n"));
        await CompilesAsync(script, "third\nsecond\nstage", () => _folder.WriteInThePast("build/Build.More.cs", "third\n"));
        await CompilesAsync(script, "second\nthird\nstage", () => File.Move(_folder.At("build/Build.More.cs"), _folder.At("build/Last.cs")));
        await CompilesAsync(script, "third\nnew stage", () => _folder.WriteInThePast("src/Stage/Stage.cs", "new stage\n"));
        await CompilesAsync(script, "<other/>", () => _folder.WriteInThePast("Directory.Build.props", "<other/>\n"));
        await CompilesAsync(script, "second", () => _folder.WriteInThePast("global.json", "{ }\n"));
        await CompilesAsync(script, "second", () => _folder.Write("../tools/sdk/10.0.200/dotnet.dll", ""));
        await CompilesAsync(script, "second", () => _folder.WriteInThePast("src/Stage/packages.lock.json", "{}"));

        // What was compiled before is still there: to go back costs nothing.
        File.Delete(_folder.At("src/Stage/packages.lock.json"));
        await StartsAsync(script, "second\nthird");
        await CompilesAsync(script, "second\nnew stage", () => File.Delete(_folder.At("build/Last.cs")));
    }

    [Theory]
    [InlineData("build.sh")]
    [InlineData("build.ps1")]
    public async Task What_the_program_is_not_made_of_costs_nothing(string script)
    {
        await CompilesAsync(script, "first", () => { });
        _folder.Write("README.md", "words");
        _folder.Write("values-dify.yaml", "a: b");
        _folder.Write("build/bin/Debug/_build.dll", "");
        _folder.Write("src/Stage/obj/project.assets.json", "{}");
        _folder.Write("src/Stage/.Stage.cs.swp", "");
        File.SetLastWriteTimeUtc(_folder.At("build/Build.cs"), new DateTime(2040, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await StartsAsync(script, "first");
        await CompilesAsync(script, "second", () => _folder.Write("src/Stage/Stage.cs", "second"));

        _folder.Rename("moved");
        await StartsAsync(script, "root: " + _folder.Root);
    }

    [Fact]
    public async Task Another_engine_is_another_program()
    {
        await CompilesAsync("build.sh", "first", () => { });
        var package = _folder.Command("build.sh").WithEnvironmentVariables(variables => variables
            .Set("PATH", _folder.Tools + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"))
            .Set("NukeEngine", "package"));
        (await Run.OfAsync(package)).MustExitWith(0);
        Assert.Equal(2, _folder.Builds);
    }

    [Theory]
    [InlineData("build.sh")]
    [InlineData("build.ps1")]
    public async Task A_compilation_that_fails_is_said_on_standard_error_and_leaves_no_program(string script)
    {
        _folder.Write("../tools/broken", "");
        var failed = (await _folder.CallAsync(script)).MustExitWith(1).MustSay("Build.cs(1,1): error CS1002");
        Assert.Equal("", failed.Output);
        Assert.Empty(_folder.Programs);

        File.Delete(_folder.At("../tools/broken"));
        await CompilesAsync(script, "first", () => { });
    }

    [Theory]
    [InlineData("build.sh")]
    [InlineData("build.ps1")]
    public async Task Without_the_ReadyToRun_compiler_the_program_is_compiled_all_the_same(string script)
    {
        _folder.Write("../tools/no-crossgen", "");
        (await _folder.CallAsync(script)).MustExitWith(0).MustSay("first");
        Assert.Equal(2, _folder.Builds);
        await StartsAsync(script, "first");
    }

    private async Task CompilesAsync(string script, string program, Action change)
    {
        var before = _folder.Builds;
        change();
        await StartsAsync(script, program, before + 1);
    }

    private Task StartsAsync(string script, string program) => StartsAsync(script, program, _folder.Builds);

    private async Task StartsAsync(string script, string program, int builds)
    {
        var run = (await _folder.CallAsync(script, "Upgrade", "--timeout", "10 m")).MustExitWith(0).MustSay("arguments: Upgrade --timeout 10 m");
        Assert.Contains(program, run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.True(builds == _folder.Builds, $"expected {builds} compilations, saw {_folder.Builds}:\n{run.Text}");
    }
}
