using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("Release=a", "--release", "a")]
    [InlineData("Release=a", "--release=a")]
    [InlineData("Release=a", "-release", "a")]
    [InlineData("Release=a", "--Release", "a")]
    [InlineData("Release=b", "--release", "a", "--release=b")]
    [InlineData("Release=a=b", "--release=a=b")]
    [InlineData("Release=-", "--release", "-")]
    [InlineData("Release=", "--release=")]
    [InlineData("Release=--odd", "--release=--odd")]
    [InlineData("ConfigMapDrift=Fail", "--config-map-drift", "fail")]
    [InlineData("ConfigMapDrift=WarnOnly", "--configmapdrift", "warn-only")]
    [InlineData("ValuesFiles=a|b", "--values-files", "a", "b", "--install")]
    [InlineData("ValuesFiles=c", "--values-files", "a", "b", "--values-files", "c")]
    [InlineData("ValuesFiles=", "--values-files=")]
    [InlineData("Drifts=Fail|Ignore", "--drifts", "fail", "ignore")]
    [InlineData("Numbers=1|2|3", "--numbers", "1,2", "3")]
    [InlineData("Install=True", "--install")]
    [InlineData("Install=True", "--install", "TRUE")]
    [InlineData("Install=False", "--install", "false")]
    [InlineData("Install=False", "--install", "--install=false")]
    [InlineData("Maybe=True", "--maybe")]
    [InlineData("Revision=-3", "--revision=-3")]
    [InlineData("Level=debug", "--log-level", "debug")]
    [InlineData("Level=debug", "--LogLevel", "debug")]
    [InlineData("Fixed=x", "--fixed", "x")]
    [InlineData("GetOnly=x", "--get-only", "x")]
    [InlineData("Inherited=x", "--inherited", "x")]
    public void A_named_value_arrives(string expected, params string[] arguments)
        => Assert.Contains(expected, ParameterBuild.Run(arguments).Calls);

    [Theory]
    [InlineData("--timeout", "0:04", "Upgrade")]
    [InlineData("--install", "Upgrade")]
    [InlineData("--install", "true", "Upgrade")]
    [InlineData("upgrade", "--timeout", "0:04")]
    [InlineData("--timeout=0:04", "UPGRADE")]
    [InlineData("--values-files", "a", "--", "Upgrade")]
    [InlineData("--values-files=a", "Upgrade")]
    [InlineData("--target", "Upgrade")]
    [InlineData("Show", "--target", "upgrade")]
    public void Only_the_named_target_runs(params string[] arguments)
        => Assert.Equal("Upgrade", ParameterBuild.Run(arguments).CallsInOrder);

    [Theory]
    [InlineData("Show+Upgrade")]
    [InlineData("Upgrade", "Show")]
    [InlineData("--target", "Show+Upgrade")]
    [InlineData("--target", "show", "upgrade", "--no-logo")]
    public void Several_targets_run(params string[] arguments)
    {
        var calls = ParameterBuild.Run(arguments).Calls;
        Assert.Contains("Release=dify", calls);
        Assert.Contains("Upgrade", calls);
    }

    [Fact]
    public void A_scalar_without_its_value_is_a_problem()
        => ParameterBuild.Run("Upgrade", "--timeout", "--revision", "-1", "--release").HasProblems(
            "--timeout takes a value. If the value starts with a dash, write --timeout=<value>.",
            "--revision takes a value. If the value starts with a dash, write --revision=<value>.",
            "Unknown parameter -1.",
            "--release takes a value. If the value starts with a dash, write --release=<value>.");

    [Fact]
    public void All_unknown_names_are_told_at_once_with_what_was_probably_meant()
    {
        using var runner = new BuildRunner().WithFile(".nuke/parameters.staging.json", "{}");
        ParameterBuild.RunIn(runner, "Upgarde", "--time-out=0:01", "--relase", "x", "--zzz", "--skip", "shw", "--profile", "stagin", "--host", "x")
            .HasProblems(
                "Unknown parameter --relase. Did you mean --release?",
                "Unknown parameter --zzz.",
                "Unknown profile stagin. Did you mean staging? There is no file .nuke/parameters.stagin.json.",
                "Unknown host x. There are: Terminal, GitHubActions, PlainServer.",
                "Unknown target Upgarde. Did you mean Upgrade?",
                "Unknown target shw. Did you mean Show?");
    }

    [Theory]
    [InlineData("Shwo", "Show")]
    [InlineData("Sow", "Show")]
    [InlineData("upgrad-e1", "Upgrade")]
    public void One_slip_of_the_finger_is_understood(string typed, string meant)
        => ParameterBuild.Run(typed).HasProblems($"Unknown target {typed}. Did you mean {meant}?");

    [Fact]
    public void An_unknown_target_without_a_near_one_shows_all()
        => ParameterBuild.Run("Nope").HasProblems("Unknown target Nope. There are: Show, Upgrade.");

    [Fact]
    public void A_target_that_an_array_would_swallow_is_a_problem()
        => ParameterBuild.Run("--values-files", "a.yaml", "upgrade").HasProblems(
            "upgrade after --values-files would be one of its values, but it is a target."
            + " Name targets first; if it is a value, write --values-files=upgrade.");

    [Fact]
    public void An_array_without_values_is_a_problem()
        => ParameterBuild.Run("--values-files").HasProblems("--values-files takes at least one value. For none, write --values-files=");

    [Theory]
    [InlineData("--partition", "1/2")]
    [InlineData("--strict")]
    public void What_the_engine_cannot_do_is_not_ignored(params string[] arguments)
        => ParameterBuild.Run(arguments).HasProblems($"{arguments[0]} is not supported by the embedded engine.");
}
