using Nuke.Common.IO;
using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class GeneratedFileTests : IDisposable
{
    private readonly BuildRunner _runner = new();

    private AbsolutePath Schema => _runner.Root / ".nuke" / "build.schema.json";

    public void Dispose() => _runner.Dispose();

    [Theory]
    [InlineData("Upgrade")]
    [InlineData("--help")]
    [InlineData("--plan")]
    [InlineData("--shell-completion")]
    [InlineData("--unknown")]
    public void Every_call_writes_the_schema(params string[] arguments)
    {
        ParameterBuild.RunIn(_runner, arguments);
        Snapshot.Matches(Schema.ReadAllText(), "schema", "json");
    }

    [Fact]
    public void A_schema_that_is_right_is_left_alone()
    {
        ParameterBuild.RunIn(_runner, "Upgrade");
        Schema.WriteAllText(Schema.ReadAllText().Replace("\n", "\r\n", StringComparison.Ordinal));
        var before = Schema.ReadAllText();

        Assert.Empty(ParameterBuild.RunIn(_runner, "Upgrade").Error);
        Assert.Empty(ParameterBuild.RunIn(_runner, "Upgrade", "--host", "GitHubActions").Error);

        Assert.Equal(before, Schema.ReadAllText());
    }

    [Fact]
    public void A_schema_that_is_not_is_mended_on_a_developers_machine_which_says_so()
    {
        Schema.WriteAllText("{}");
        var outcome = ParameterBuild.RunIn(_runner, "Upgrade");
        Assert.Equal(".nuke/build.schema.json has changed with the build class: commit it.\n", outcome.Error);
        Assert.Equal(0, outcome.ExitCode);
        Snapshot.Matches(Schema.ReadAllText(), "schema", "json");
    }

    [Theory]
    [InlineData("CI", "true")]
    [InlineData("GITHUB_ACTIONS", "true")]
    [InlineData("TF_BUILD", "True")]
    public void On_a_server_a_stale_file_stops_the_run_and_stays(string name, string value)
    {
        Schema.WriteAllText("{}");
        _runner.Environment[name] = value;
        var outcome = ParameterBuild.RunIn(_runner, "Upgrade");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Empty(outcome.Calls);
        Assert.StartsWith(
            "✖ .nuke/build.schema.json is not what the build class says. Run ./build.sh --help on your own machine, and commit the file.\n",
            outcome.Error,
            StringComparison.Ordinal);
        Assert.Equal("{}\n", Schema.ReadAllText());
    }

    [Fact]
    public void On_a_server_nothing_is_generated()
    {
        Assert.Equal(0, ParameterBuild.RunIn(_runner, "Upgrade", "--host", "PlainServer").ExitCode);
        Assert.False(Schema.FileExists());
    }
}
