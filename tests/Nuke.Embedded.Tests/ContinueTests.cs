using Nuke.Common;
using Nuke.Common.IO;
using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class ContinueTests : IDisposable
{
    private readonly BuildRunner _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void What_was_done_before_a_failure_is_left_out()
    {
        Assert.Equal("Prepare Upgrade", Run("--fails").CallsInOrder);
        Mend();
        var outcome = Run("--fails", "--continue");
        Assert.Equal("Upgrade Verify", outcome.CallsInOrder);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains($"{"Prepare",-19}{"Skipped",-23}// Skipped: done before\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_failure_can_be_continued_too()
    {
        Run("--fails");
        Assert.Equal("Upgrade", Run("--fails", "--continue").CallsInOrder);
        Mend();
        Assert.Equal("Upgrade Verify", Run("--fails", "--continue").CallsInOrder);
    }

    [Theory]
    [InlineData("Other")]
    [InlineData("--release", "other")]
    public void Other_targets_or_parameters_start_over(params string[] arguments)
    {
        Run("--fails");
        Mend();
        var outcome = Run(["Upgrade", .. arguments, "--fails", "--continue"]);
        Assert.Contains("[WRN] The failed run had other targets or parameters; starting over\n", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("Prepare", outcome.Calls[0]);
    }

    [Fact]
    public void After_a_success_there_is_nothing_to_continue()
    {
        Run();
        var outcome = Run("--continue");
        Assert.Contains("[WRN] There is no failed run to continue; starting over\n", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("Prepare Upgrade Verify", outcome.CallsInOrder);
    }

    [Fact]
    public void Nothing_about_a_secret_is_remembered()
    {
        Run("--fails", "--token", "one");
        var attempt = (_runner.Root / ".nuke" / "temp" / "build-attempt.log").ReadAllText();
        Run("--fails", "--token", "two");
        Assert.Equal(attempt, (_runner.Root / ".nuke" / "temp" / "build-attempt.log").ReadAllText());
    }

    private Outcome Run(params string[] arguments) => _runner.Run<Attempted>(build => build.Upgrade, arguments);

    private void Mend() => _runner.WithFile("mended", "");

    private sealed class Attempted : RecordedBuild
    {
        [Parameter] private readonly string Release = "dify";
        [Parameter] private readonly bool Fails;
        [Parameter][Secret] private readonly string? Token;

        private Target Prepare => _ => _.Executes(() => Release + Token);

        public Target Upgrade => _ => _.DependsOn(Prepare).Triggers(Verify).Executes(() =>
        {
            if (Fails && !(RootDirectory / "mended").FileExists())
                throw new InvalidOperationException("boom");
        });

        private Target Verify => _ => _.Executes(Work);

        private Target Other => _ => _.After(Verify).Executes(Work);
    }
}
