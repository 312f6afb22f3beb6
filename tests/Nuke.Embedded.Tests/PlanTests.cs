using Nuke.Common;
using Nuke.Common.IO;
using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class PlanTests
{
    public static bool IsLinux => OperatingSystem.IsLinux();

    [Fact]
    public void The_plan_is_listed_and_drawn_and_nothing_runs()
    {
        using var runner = new BuildRunner();
        var outcome = runner.Run<Planned>(build => build.Upgrade, "--plan", "--skip", "Validate");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Empty(outcome.Calls);
        Assert.Empty(outcome.Error);
        Snapshot.Matches(outcome.Output, "plan");
        Snapshot.Matches((runner.Root / ".nuke" / "temp" / "execution-plan.html").ReadAllText(), "plan", "html");
    }

    [Fact]
    public void A_plan_for_an_unknown_target_is_a_problem()
        => BuildRunner.Once<Planned>(build => build.Upgrade, "--plan", "Upgarde").HasProblems("Unknown target Upgarde. Did you mean Upgrade?");

    [Fact]
    public void The_page_needs_no_network()
    {
        using var runner = new BuildRunner();
        runner.Run<Planned>(build => build.Upgrade, "--plan");
        Assert.DoesNotContain("http", (runner.Root / ".nuke" / "temp" / "execution-plan.html").ReadAllText(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory(SkipUnless = nameof(IsLinux), Skip = "puts a browser of its own on the PATH")]
    [InlineData("", false)]
    [InlineData("DISPLAY", true)]
    [InlineData("WAYLAND_DISPLAY", true)]
    [InlineData("DISPLAY CI", false)]
    [InlineData("DISPLAY GITHUB_ACTIONS", false)]
    [InlineData("DISPLAY SSH_CONNECTION", false)]
    public async Task It_is_opened_only_where_there_is_a_display(string variables, bool isOpened)
    {
        using var runner = new BuildRunner();
        var browser = runner.Root / "xdg-open";
        browser.WriteAllText($"#!/bin/sh\necho \"$1\" > '{runner.Root}/opening' && mv '{runner.Root}/opening' '{runner.Root}/opened'");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(browser, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        runner.Environment["PATH"] = $"{runner.Root}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var name in variables.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            runner.Environment[name] = "true";

        using var run = SampleRun.Start(runner, "--plan");
        var outcome = await run.EndAsync();

        Assert.Equal(0, outcome.ExitCode);
        Assert.EndsWith("Graph: .nuke/temp/execution-plan.html\n", outcome.Output, StringComparison.Ordinal);
        // The pipe of standard output has closed, and the browser held it too: it has ended.
        Assert.Equal(isOpened, (runner.Root / "opened").FileExists());
    }

    [Fact]
    public async Task That_nothing_opens_pages_is_no_failure()
    {
        using var runner = new BuildRunner { Environment = { ["DISPLAY"] = ":0" } };
        using var run = SampleRun.Start(runner, "--plan");
        Assert.Equal(0, (await run.EndAsync()).ExitCode);
    }

    private sealed class Planned : RecordedBuild
    {
        private Target Validate => _ => _.Description("Checks <files> & more").Executes(Work);

        private Target Render => _ => _.DependsOn(Validate).Executes(Work);

        public Target Upgrade => _ => _.DependsOn(Render).After(Backup).Triggers(Verify).Executes(Work);

        private Target Verify => _ => _.Executes(Work);

        private Target Backup => _ => _.Unlisted().Executes(Work);
    }
}
