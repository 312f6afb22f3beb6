using Nuke.Common;
using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class OrderTests
{
    [Theory]
    [InlineData("", "Restore Compile")]
    [InlineData("Test", "Restore Compile Test Report")]
    [InlineData("Compile Clean", "Clean Restore Compile")]
    [InlineData("Clean Compile", "Clean Restore Compile")]
    [InlineData("Publish Test", "Restore Compile Test Pack Publish Announce Report")]
    [InlineData("Pack", "Restore Compile Pack Announce")]
    [InlineData("Compile Lint", "Lint Restore Compile")]
    [InlineData("Everything", "Clean Restore Compile Test Pack Publish Announce Report")]
    public void Order_comes_from_edges_and_then_from_declaration(string invoked, string expected)
        => Assert.Equal(expected, BuildRunner.Once<Sample>(build => build.Compile, invoked.Split(' ', StringSplitOptions.RemoveEmptyEntries)).CallsInOrder);

    [Fact]
    public void Targets_that_wait_for_each_other_are_named_in_full()
        => BuildRunner.Once<Circular>(build => build.A).HasProblems(
            "Circular dependencies between targets: A -> B -> C -> A",
            "Circular dependencies between targets: D -> E -> D");

    [Fact]
    public void A_dependency_that_is_no_target_is_a_mistake_of_the_build()
    {
        var outcome = BuildRunner.Once<Astray>(build => build.A);
        Assert.Equal(255, outcome.ExitCode);
        Assert.Contains("Target 'A' refers to something that is not a Target property of the build class.", outcome.Error, StringComparison.Ordinal);
    }

    private sealed class Sample : RecordedBuild
    {
        private Target Clean => _ => _.Before(Restore).Executes(Work);

        private Target Restore => _ => _.Executes(Work);

        public Target Compile => _ => _.DependsOn(Restore).After(Lint).Executes(Work);

        private Target Lint => _ => _.Before(Restore).Executes(Work);

        private Target Test => _ => _.DependsOn(Compile).Triggers(Report).Executes(Work);

        private Target Pack => _ => _.After(Test).DependentFor(Publish).Executes(Work).DependsOn(Compile);

        private Target Publish => _ => _.Executes(Work);

        private Target Report => _ => _.Executes(Work);

        private Target Announce => _ => _.TriggeredBy(Pack).After(Publish).Executes(Work);

        private Target Everything => _ => _.DependsOn(Clean, Publish, Test);
    }

    private sealed class Circular : RecordedBuild
    {
        public Target A => _ => _.DependsOn(B);

        private Target B => _ => _.After(C);

        private Target C => _ => _.TriggeredBy(A);

        private Target D => _ => _.DependsOn(E);

        private Target E => _ => _.DependsOn(D);
    }

    private sealed class Astray : RecordedBuild
    {
        public Target A => _ => _.DependsOn(definition => definition);
    }
}
