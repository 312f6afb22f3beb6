using Nuke.Common;
using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class SkipTests
{
    [Theory]
    [InlineData("", "A B C D")]
    [InlineData("D --skip", "D")]
    [InlineData("--skip", "")]
    [InlineData("D --skip C", "D")]
    [InlineData("D --skip b", "C D")]
    [InlineData("D --skip a c", "D")]
    [InlineData("D B --skip C", "A B D")]
    [InlineData("D --skip D", "A B C D")]
    [InlineData("D --skip A+B", "C D")]
    public void Skip_leaves_out_a_target_and_what_only_it_needs(string arguments, string expected)
        => Assert.Equal(expected, BuildRunner.Once<Chain>(build => build.D, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)).CallsInOrder);

    [Theory]
    [InlineData("StaticSkip", "Last")]
    [InlineData("StaticSkip Dependency", "Dependency Last")]
    [InlineData("StaticExecute", "Dependency Last")]
    [InlineData("Dynamic", "Dependency Last")]
    [InlineData("Changing", "Change Changing")]
    public void Conditions_decide_before_the_run_or_just_before_the_target(string skipped, string expected)
        => Assert.Equal(expected, BuildRunner.Once<Conditional>(build => build.Last, [.. skipped.Split(' '), .. skipped == "Changing" ? Array.Empty<string>() : ["Last"]]).CallsInOrder);

    [Fact]
    public void The_summary_says_why()
    {
        var output = BuildRunner.Once<Conditional>(build => build.StaticSkip).Output;
        Assert.Contains($"{"StaticSkip",-19}{"Skipped",-23}// OnlyWhen: Never && Never == true\n", output, StringComparison.Ordinal);
        Assert.Contains($"{"Dependency",-19}{"Skipped",-23}// Skipped: because of StaticSkip\n", output, StringComparison.Ordinal);
        Assert.Contains($"{"B",-19}{"Skipped",-23}// Skipped: via parameter\n", BuildRunner.Once<Chain>(build => build.D, "--skip", "B").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dynamically_skipped_target_takes_its_triggers_along()
        => Assert.Equal("", BuildRunner.Once<Conditional>(build => build.Triggering).CallsInOrder);

    private sealed class Chain : RecordedBuild
    {
        private Target A => _ => _.Executes(Work);

        private Target B => _ => _.DependsOn(A).Executes(Work);

        private Target C => _ => _.DependsOn(B).Executes(Work);

        public Target D => _ => _.DependsOn(C).Executes(Work);
    }

    private sealed class Conditional : RecordedBuild
    {
        private static readonly bool Never;
        private bool _changed;

        private Target Dependency => _ => _.Executes(Work);

        public Target StaticSkip => _ => _.DependsOn(Dependency).OnlyWhenStatic(() => Never).OnlyWhenStatic(() => Never == true).Executes(Work);

        private Target StaticExecute => _ => _.DependsOn(Dependency).WhenSkipped(DependencyBehavior.Execute).OnlyWhenStatic(() => Never).Executes(Work);

        private Target Dynamic => _ => _.DependsOn(Dependency).OnlyWhenDynamic(() => Never).Executes(Work);

        private Target Change => _ => _.Executes(() => { _changed = true; });

        private Target Changing => _ => _.DependsOn(Change).OnlyWhenDynamic(() => _changed).Executes(Work);

        public Target Triggering => _ => _.OnlyWhenDynamic(() => Never).Triggers(Triggered).Executes(Work);

        private Target Triggered => _ => _.Executes(Work);

        public Target Last => _ => _.After(StaticSkip, StaticExecute, Dynamic).Executes(Work);
    }
}
