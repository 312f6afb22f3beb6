using System.Text;
using CliWrap;
using Xunit;

namespace DifyUpgrade.Scenarios.Bootstrap;

/// <summary>Calls at the same time do not harm each other, and an interrupted one is repaired by the next.</summary>
public sealed class ConcurrencyScenarios : IDisposable
{
    private readonly BootstrapFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_calls_at_once_compile_once_and_both_run()
    {
        _folder.Write("../tools/hold-build", "");
        var calls = Task.WhenAll(_folder.CallAsync("build.sh", "one"), _folder.CallAsync("build.sh", "two"));
        await _folder.ReachedAsync("hold-build");
        File.Delete(_folder.At("../tools/hold-build"));

        foreach (var run in await calls)
            run.MustExitWith(0).MustSay("first", "stage");
        Assert.Equal(1, _folder.Builds);
        Assert.Single(_folder.Programs);
    }

    [Theory]
    [InlineData("build.sh")]
    [InlineData("build.ps1")]
    public async Task A_running_program_keeps_its_files_while_another_is_compiled(string script)
    {
        _folder.Write("../tools/hold-run", "");
        var old = _folder.CallAsync(script);
        await _folder.ReachedAsync("hold-run");
        _folder.Write("build/Build.cs", "second\n");
        Age(_folder.Programs);
        var next = _folder.CallAsync(script);
        await UntilAsync(() => _folder.Builds == 2 && _folder.Programs.Length == 2 && !Array.Exists(_folder.Programs, IsUnfinished));
        File.Delete(_folder.At("../tools/hold-run"));

        (await old).MustExitWith(0).MustSay("first");
        (await next).MustExitWith(0).MustSay("second");
    }

    [Fact]
    public async Task A_program_that_nobody_used_for_long_is_deleted_by_the_next_compilation()
    {
        await _folder.CallAsync("build.sh");
        var old = Assert.Single(_folder.Programs);
        Age(old);
        _folder.Write("build/Build.cs", "second\n");
        (await _folder.CallAsync("build.sh")).MustExitWith(0).MustSay("second");
        Assert.DoesNotContain(old, _folder.Programs);
    }

    [Theory]
    [InlineData("build.sh")]
    [InlineData("build.ps1")]
    public async Task A_compilation_killed_half_way_is_made_again_by_the_next_call(string script)
    {
        _folder.Write("../tools/hold-build", "");
        var said = new StringBuilder();
        using var kill = new CancellationTokenSource();
        var killed = _folder.Command(script).WithValidation(CommandResultValidation.None).WithStandardErrorPipe(PipeTarget.ToStringBuilder(said)).ExecuteAsync(kill.Token);
        await _folder.ReachedAsync("hold-build");
        await kill.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await killed);
        Assert.All(_folder.Programs, program => Assert.True(IsUnfinished(program), program));
        File.Delete(_folder.At("../tools/hold-build"));

        (await _folder.CallAsync(script)).MustExitWith(0).MustSay("first", "stage");
        Assert.Equal(2, _folder.Builds);
    }

    [Theory]
    [InlineData("build.sh", "second\n")]
    [InlineData("build.sh", "first\n")]
    [InlineData("build.ps1", "second\n")]
    public async Task A_source_that_changes_during_the_compilation_is_compiled_again(string script, string becomes)
    {
        _folder.Write("../tools/hold-build", "");
        var call = _folder.CallAsync(script);
        await _folder.ReachedAsync("hold-build");
        _folder.Write("build/Build.cs", becomes);
        File.Delete(_folder.At("../tools/hold-build"));

        (await call).MustExitWith(0).MustSay(becomes.TrimEnd(), "the sources changed meanwhile");
        Assert.Equal(2, _folder.Builds);
        Assert.Single(_folder.Programs);
    }

    private static bool IsUnfinished(string program) => Path.GetFileName(program).StartsWith("new.", StringComparison.Ordinal);

    private static void Age(params string[] programs)
    {
        foreach (var program in programs)
            File.SetLastWriteTimeUtc(Path.Combine(program, "used"), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-3));
    }

    private static async Task UntilAsync(Func<bool> reached)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!reached())
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }
}
