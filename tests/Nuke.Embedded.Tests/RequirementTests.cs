using Nuke.Common;
using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class RequirementTests
{
    [Fact]
    public void All_that_is_missing_is_told_at_once_and_nothing_runs()
    {
        var outcome = BuildRunner.Once<Demanding>(build => build.Upgrade);
        Assert.Equal(
            """
            ✖ Target 'Prepare' requires '(Retries > 3)'.
            ✖ Target 'Upgrade' requires a value for --release-name: give --release-name <value>, set NUKE_RELEASE_NAME, or write "ReleaseName" into .nuke/parameters.json.
            ✖ Target 'Upgrade' requires a value for --revision: give --revision <value>, set NUKE_REVISION, or write "Revision" into .nuke/parameters.json.
            ✖ Target 'Upgrade' requires a value for --files: give --files <value>, set NUKE_FILES, or write "Files" into .nuke/parameters.json.
            ✖ Every target requires a value for --always: give --always <value>, set NUKE_ALWAYS, or write "Always" into .nuke/parameters.json.
            Nothing was run. --help lists targets and parameters.

            """.ReplaceLineEndings("\n"),
            outcome.Error);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Empty(outcome.Calls);
    }

    [Fact]
    public void What_is_met_or_skipped_does_not_matter()
    {
        var outcome = BuildRunner.Once<Demanding>(
            build => build.Upgrade, "--always", "x", "--release-name", "a", "--revision=1", "--files", "f", "--skip", "prepare");
        Assert.Equal("Upgrade", outcome.CallsInOrder);
        Assert.Equal(0, outcome.ExitCode);
    }

    private sealed class Demanding : RecordedBuild
    {
        [Parameter] private readonly string? ReleaseName;
        [Parameter] private readonly int? Revision;
        [Parameter] private readonly int Retries;
        [Parameter] private readonly string[] Files = [];
        [Parameter][Required] private readonly string? Always;

        private Target Prepare => _ => _.Requires(() => Retries > 3).Executes(Work);

        private Target Unused => _ => _.Requires(() => false).Executes(() => Console.Out.Write(Always));

        public Target Upgrade => _ => _
            .DependsOn(Prepare)
            .Requires(() => ReleaseName)
            .Requires(() => Revision)
            .Requires(() => Files)
            .Executes(Work);
    }
}
