using Nuke.Common.IO;
using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class ValueTests
{
    [Theory]
    [InlineData("--revision", "7", "Revision=7")]
    [InlineData("--big", "5000000000", "Big=5000000000")]
    [InlineData("--ratio", "0.25", "Ratio=0.25")]
    [InlineData("--timeout", "1.02:03:04.5", "Timeout=1.02:03:04.5000000")]
    [InlineData("--timeout", "00:04:00", "Timeout=00:04:00")]
    [InlineData("--id", "00000000-0000-0000-0000-00000000000a", "Id=00000000-0000-0000-0000-00000000000a")]
    public void Texts_become_values(string name, string text, string expected)
        => Assert.Contains(expected, ParameterBuild.Run(name, text).Calls);

    [Fact]
    public void All_wrong_values_are_told_at_once()
        => ParameterBuild.Run(
                "--revision", "x", "--ratio", "NaN", "--timeout", "4", "--config-map-drift", "1", "--install=yes", "--id", "1", "--numbers", "1,b")
            .HasProblems(
                "--revision is 'x' on the command line, but must be a whole number.",
                "--ratio is 'NaN' on the command line, but must be a number, such as 0.5.",
                "--install is 'yes' on the command line, but must be true or false.",
                "--config-map-drift is '1' on the command line, but must be one of Ignore, WarnOnly, Fail.",
                "--timeout is '4' on the command line, but must be a duration, such as 00:04:00.",
                "--id is '1' on the command line, but must be a GUID.",
                "--numbers is 'b' on the command line, but must be a whole number.");

    [Theory]
    [InlineData("initializer", "dify")]
    [InlineData("file", "f")]
    [InlineData("file first", "1")]
    [InlineData("file first second", "2")]
    [InlineData("file first second environment", "e")]
    [InlineData("file first second environment line", "l")]
    public void The_strongest_source_wins(string sources, string expected)
    {
        using var runner = new BuildRunner()
            .WithFile(".nuke/parameters.first.json", """{ "Release": "1" }""")
            .WithFile(".nuke/parameters.second.json", """{ "Release": "2" }""");
        var arguments = new List<string>();
        if (sources.Contains("file", StringComparison.Ordinal))
            runner.WithFile(".nuke/parameters.json", """{ "Release": "f" }""");
        if (sources.Contains("first", StringComparison.Ordinal))
            arguments.AddRange(["--profile", "first", .. sources.Contains("second", StringComparison.Ordinal) ? ["second"] : Array.Empty<string>()]);
        if (sources.Contains("environment", StringComparison.Ordinal))
            runner.Environment["RELEASE"] = "e";
        if (sources.Contains("line", StringComparison.Ordinal))
            arguments.AddRange(["--release", "l"]);

        Assert.Contains($"Release={expected}", ParameterBuild.RunIn(runner, [.. arguments]).Calls);
    }

    [Theory]
    [InlineData("Release")]
    [InlineData("RELEASE")]
    [InlineData("NUKE_RELEASE")]
    [InlineData("NukeRelease")]
    public void The_environment_knows_a_parameter_by_several_names(string name)
    {
        using var runner = new BuildRunner { Environment = { [name] = "e" } };
        Assert.Contains("Release=e", ParameterBuild.RunIn(runner).Calls);
    }

    [Fact]
    public void The_exact_name_beats_the_prefixed_one_which_beats_the_rest()
    {
        using var runner = new BuildRunner { Environment = { ["Release"] = "exact", ["NUKE_RELEASE"] = "prefixed", ["CONFIG_MAP_DRIFT"] = "Fail", ["NUKE_CONFIG_MAP_DRIFT"] = "WarnOnly" } };
        var calls = ParameterBuild.RunIn(runner).Calls;
        Assert.Contains("Release=exact", calls);
        Assert.Contains("ConfigMapDrift=WarnOnly", calls);
    }

    [Fact]
    public void Two_variables_that_differ_are_a_problem()
    {
        using var runner = new BuildRunner { Environment = { ["CONFIG_MAP_DRIFT"] = "Fail", ["CONFIGMAPDRIFT"] = "Ignore" } };
        ParameterBuild.RunIn(runner).HasProblems("The environment variables CONFIG_MAP_DRIFT and CONFIGMAPDRIFT both set --config-map-drift, and differ.");
    }

    [Fact]
    public void An_empty_variable_is_no_value_and_a_bad_one_is_a_problem()
    {
        using var runner = new BuildRunner { Environment = { ["RELEASE"] = "", ["REVISION"] = "x" } };
        ParameterBuild.RunIn(runner).HasProblems("--revision is 'x' in the environment variable REVISION, but must be a whole number.");
        runner.Environment.Remove("REVISION");
        Assert.Contains("Release=dify", ParameterBuild.RunIn(runner).Calls);
    }

    [Fact]
    public void Variables_that_happen_to_have_the_name_of_an_engine_parameter_mean_nothing()
    {
        using var runner = new BuildRunner { Environment = { ["HOST"] = "box", ["PROFILE"] = "x", ["SKIP"] = "y", ["TARGET"] = "z", ["ROOT"] = "/nowhere" } };
        Assert.Equal(0, ParameterBuild.RunIn(runner).ExitCode);
        runner.Environment["NUKE_TARGET"] = "Upgrade";
        Assert.Equal("Upgrade", ParameterBuild.RunIn(runner).CallsInOrder);
    }

    [Fact]
    public void Files_hold_values_of_every_kind()
    {
        using var runner = new BuildRunner().WithFile(".nuke/parameters.json", """
            {
              "$schema": "./build.schema.json",
              // a comment
              "ValuesFiles": ["a", "b"], "Revision": 3, "Install": true, "ConfigMapDrift": "Fail", "Timeout": "0:04",
              "PromptsFile": "custom/prompts.py", "Numbers": [1, 2], "Release": null, "LogLevel": "debug", "NoLogo": true,
            }
            """);
        runner.WorkingDirectory = (runner.Root / "sub").CreateDirectory();

        var outcome = ParameterBuild.RunIn(runner);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Superset(
            new HashSet<string> { "ValuesFiles=a|b", "Revision=3", "Install=True", "ConfigMapDrift=Fail", "Timeout=00:04:00", "Numbers=1|2", "Release=dify", "Level=debug" },
            outcome.Calls.ToHashSet());
        Assert.Contains($"PromptsFile={runner.Root / "custom" / "prompts.py"}", outcome.Calls);
        Assert.DoesNotContain("embedded engine", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_on_the_command_line_starts_at_the_working_directory()
    {
        using var runner = new BuildRunner();
        runner.WorkingDirectory = (runner.Root / "sub").CreateDirectory();
        Assert.Contains($"PromptsFile={runner.Root / "x.py"}", ParameterBuild.RunIn(runner, "--prompts-file", "../x.py").Calls);
    }

    [Fact]
    public void All_problems_of_a_file_are_told_at_once()
    {
        using var runner = new BuildRunner().WithFile(
            ".nuke/parameters.json",
            """{ "Relase": "x", "ValuesFiles": "a", "Revision": [1], "Release": {}, "Profile": ["x"], "Plan": true, "Big": "many" }""");
        ParameterBuild.RunIn(runner).HasProblems(
            "Unknown parameter Relase in .nuke/parameters.json. Did you mean Release?",
            "ValuesFiles in .nuke/parameters.json must be a JSON array of values.",
            "Revision in .nuke/parameters.json must be a single value.",
            "Release in .nuke/parameters.json must be a single value.",
            "Profile cannot be set in .nuke/parameters.json.",
            "Plan cannot be set in .nuke/parameters.json.",
            "--big is 'many' in .nuke/parameters.json, but must be a whole number.");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{ "Release": "a", "Release": "b" }""")]
    public void A_file_that_is_not_a_json_object_is_a_problem(string content)
    {
        using var runner = new BuildRunner().WithFile(".nuke/parameters.json", content);
        var outcome = ParameterBuild.RunIn(runner);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("✖ .nuke/parameters.json is not a JSON object: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_root_is_the_nearest_folder_upwards_or_what_the_command_line_says()
    {
        using var runner = new BuildRunner().WithFile(".nuke/parameters.json", """{ "Release": "outer" }""")
            .WithFile("inner/.nuke/parameters.json", """{ "Release": "inner" }""");
        runner.WorkingDirectory = (runner.Root / "inner" / "deep").CreateDirectory();
        Assert.Contains("Release=inner", ParameterBuild.RunIn(runner).Calls);
        Assert.Contains("Release=outer", ParameterBuild.RunIn(runner, "--root", "../..").Calls);
        Assert.True((runner.Root / ".nuke" / "temp").DirectoryExists());
        ParameterBuild.RunIn(runner, "--root", "nope").HasProblems("The folder <root>/inner/deep/nope that --root names does not exist.");
    }
}
