using Nuke.Common;
using Nuke.Common.IO;
using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("Upgrade", "--help")]
    [InlineData("--unknown", "x", "Nope", "-h", "--drift", "nope")]
    public void Help_shows_targets_and_parameters_and_runs_nothing(params string[] arguments)
    {
        using var runner = new BuildRunner { Environment = { ["TOKEN"] = "hunter2" } };
        var outcome = runner.Run<HelpBuild>(build => build.Upgrade, arguments);
        Snapshot.Matches(outcome.Output, "help");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Empty(outcome.Error);
        Assert.False((runner.Root / ".nuke" / "temp").DirectoryExists());
    }

    private sealed class HelpBuild : RecordedBuild
    {
        [Parameter("The helm release")] private readonly string Release = "dify";
        [Parameter("Values files, the last one wins.")] private readonly string[] ValuesFiles = ["a.yaml", "b c.yaml"];
        [Parameter("What to do when the ConfigMap has been changed by hand, which happens more often than one would think")] private readonly Drift Drift;
        [Parameter][Secret] private readonly string Token = "secret";
        [Parameter("Installs if missing")] private readonly bool Install;
        [Parameter] private readonly AbsolutePath PromptsFile = RootDirectory / "prompts.py";
        [Parameter] private readonly int? Revision;
        [Parameter(List = false)] private readonly int Hidden;
        [Parameter] private readonly string? GitHubApiUrl;

        private Target Validate => _ => _.Description("Checks the local files").Executes(Work);

        private Target Render => _ => _
            .Description("A description that is so long that it does not fit on one line of a hundred characters, and so it is wrapped")
            .DependsOn(Validate)
            .Executes(Work);

        public Target Upgrade => _ => _.DependsOn(Render, Validate).Executes(Work);

        private Target Internal => _ => _.Unlisted().Executes(() => Console.Out.Write($"{Release}{ValuesFiles}{Drift}{Token}{Install}{PromptsFile}{Revision}{Hidden}{GitHubApiUrl}"));
    }
}
