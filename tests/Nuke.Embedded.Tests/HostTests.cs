using Nuke.Common;
using Nuke.Common.IO;
using Serilog;
using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class HostTests
{
    [Theory]
    [InlineData("", "Terminal True")]
    [InlineData("GITHUB_ACTIONS=true", "GitHubActions False")]
    [InlineData("GITHUB_ACTIONS=true CI=true", "GitHubActions False")]
    [InlineData("CI=true", "PlainServer False")]
    [InlineData("CI=false", "Terminal True")]
    [InlineData("CI=", "Terminal True")]
    [InlineData("TF_BUILD=True", "PlainServer False")]
    [InlineData("JENKINS_URL=http://x", "PlainServer False")]
    [InlineData("NUKE_HOST=terminal CI=true", "Terminal True")]
    public void The_host_is_found_out(string environment, string expected)
    {
        using var runner = new BuildRunner();
        foreach (var pair in environment.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            runner.Environment[pair.Split('=')[0]] = pair.Split('=')[1];
        Assert.Equal(expected, runner.Run<Hosted>(build => build.Report).CallsInOrder);
    }

    [Fact]
    public void On_GitHub_Actions_the_step_summary_tells_the_whole_run_without_secrets()
    {
        using var runner = new BuildRunner();
        var summary = runner.Root / "summary.md";
        runner.WithFile("summary.md", "from the step before");
        runner.Environment["GITHUB_ACTIONS"] = "true";
        runner.Environment["GITHUB_STEP_SUMMARY"] = summary;
        Hosted.Time = runner.Time;
        var outcome = runner.Run<Hosted>(build => build.Break, "--token", "hunter2");
        Assert.Equal(255, outcome.ExitCode);
        Snapshot.Matches(summary.ReadAllText(), "step-summary", "md");
    }

    [Fact]
    public void GitHubs_runner_is_told_the_secrets_before_anything_else()
    {
        using var runner = new BuildRunner { Environment = { ["GITHUB_ACTIONS"] = "true" } };
        var output = runner.Run<Hosted>(build => build.Report, "--token", "50% of\nhunter2").Output;
        Assert.StartsWith("::add-mask::50%25 of%0Ahunter2\n::add-mask::hunter2\n::add-mask::50%25 of\nNUKE build", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--host=Terminal")]
    [InlineData("--host=PlainServer")]
    [InlineData("--host=GitHubActions")]
    public void Where_there_is_no_such_runner_the_secrets_are_told_to_nobody(string host)
    {
        var outcome = BuildRunner.Once<Hosted>(build => build.Report, "--token", "hunter2", host);
        Assert.DoesNotContain("hunter2", outcome.Output + outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void GitHub_gets_no_more_annotations_of_a_kind_than_it_shows_and_the_log_has_all()
    {
        using var runner = new BuildRunner { Environment = { ["GITHUB_ACTIONS"] = "true" } };
        var output = runner.Run<Hosted>(build => build.Nag).Output;
        Assert.Equal(10, output.Split("::warning::").Length - 1);
        Assert.Equal(3, output.Split("::error::").Length - 1);
        Assert.Contains("[WRN] 12", output, StringComparison.Ordinal);
    }

    private sealed class Hosted : NukeBuild
    {
        [Parameter][Secret] private readonly string? Token;

        public static Microsoft.Extensions.Time.Testing.FakeTimeProvider? Time { get; set; }

        public Target Report => _ => _.Executes(() => BuildRunner.Calls.Add($"{Host} {IsLocalBuild}"));

        private Target Warn => _ => _.Executes(() =>
        {
            Log.Warning("Look out: a|b <c> {Token}", Token);
            Time?.Advance(TimeSpan.FromSeconds(61));
            ReportSummary(facts =>
            {
                facts["Pods"] = $"3|4 {Token}";
                return facts;
            });
        });

        public Target Nag => _ => _.Executes(() =>
        {
            for (var i = 1; i <= 12; i++)
                Log.Warning("{Number}", i);
            for (var i = 1; i <= 3; i++)
                Log.Error("{Number}", i);
        });

        public Target Break => _ => _.DependsOn(Warn).Triggers(Report).Executes(() => throw new InvalidOperationException($"no {Token}"));
    }
}
