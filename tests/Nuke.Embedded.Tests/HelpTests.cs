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
        Assert.Equal(
            """
            Usage: ./build.sh [targets...] [--parameter value...]

            Targets (with what they depend on):

              Validate
                  Checks the local files
              Render               -> Validate
                  A description that is so long that it does not fit on one line of a hundred characters, and so
                  it is wrapped
              Upgrade (default)    -> Render, Validate

            Parameters:

              --release          The helm release. Default: dify
              --values-files     Values files, the last one wins. Default: a.yaml b c.yaml
              --drift            What to do when the ConfigMap has been changed by hand, which happens more
                                 often than one would think. One of Ignore, WarnOnly, Fail. Default: Ignore
              --token            No description.
              --install          Installs if missing. Default: false
              --prompts-file     No description. Default: prompts.py
              --revision         No description.
              --github-api-url   No description.

            Parameters of every build:

              --help             Shows this text.
              --host             What the build runs on. Found out if not given.
              --no-logo          Leaves the engine's name and version out.
              --profile          Takes values from .nuke/parameters.<profile>.json too; the last named wins.
              --root             The folder with .nuke. The nearest one upwards if not given.
              --skip             Targets to leave out. Without names, all that are not invoked.
              --target           Targets to run, the same as naming them first.
              --verbosity        How much is logged: Verbose, Normal, Minimal or Quiet.

            """.ReplaceLineEndings("\n"),
            outcome.Output);
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
