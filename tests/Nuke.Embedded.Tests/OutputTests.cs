using Nuke.Common;
using Nuke.Common.CI.GitHubActions;
using Serilog;
using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class OutputTests
{
    [Fact]
    public void A_run_on_a_terminal_reads_like_this()
    {
        using var runner = new BuildRunner();
        OutputBuild.Time = runner.Time;
        var outcome = runner.Run<OutputBuild>(build => build.All, "--no-logo");
        Assert.Equal(
            """

            ╬════════════
            ║ Prepare
            ╬═══

            05:06:07 [INF] Preparing first {nothing}
            05:06:07 [DBG] for the curious

            ╬═══════════════════════════════════
            ║ ATargetWithAVeryLongNameIndeed
            ╬══════════════════════════

            05:08:10 [WRN] Look out for a b

            ╬═════════════
            ║ Breaking
            ╬════

            05:08:10 [ERR] Target Breaking has thrown an exception
            boom, and why

            ╬══════════════════════
            ║ Errors & Warnings
            ╬═════════════

            [WRN] ATargetWithAVeryLongNameIndeed: Look out for a b
            [ERR] Breaking: Target Breaking has thrown an exception

            ══════════════════════════════════════════════════════
            Target                            Status      Duration
            ──────────────────────────────────────────────────────
            Prepare                           Succeeded       2:03   // Objects: 12, Size: 3 KB
            ATargetWithAVeryLongNameIndeed    Succeeded     < 1sec
            Breaking                          Failed        < 1sec   // BlockException: boom, and why
            Left                              NotRun
            ──────────────────────────────────────────────────────
            Total                                             2:03
            ══════════════════════════════════════════════════════

            Build failed on 2026-03-04 05:08:10. (╯°□°）╯︵ ┻━┻

            """.ReplaceLineEndings("\n"),
            outcome.Output);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public void A_run_on_GitHub_Actions_groups_and_annotates()
    {
        using var runner = new BuildRunner { Environment = { ["GITHUB_ACTIONS"] = "true", ["GITHUB_REF"] = "refs/heads/main" } };
        OutputBuild.Time = runner.Time;
        var output = runner.Run<OutputBuild>(build => build.All, "--no-logo").Output;
        Assert.StartsWith(
            """
            ::group::Prepare
            05:06:07 [INF] Preparing first {nothing}
            05:06:07 [DBG] for the curious
            ::endgroup::Prepare
            ::group::ATargetWithAVeryLongNameIndeed
            05:08:10 [WRN] Look out for a b
            ::warning::Look out for a b
            ::notice file=a%3Ab%2Cc,line=1::100%25%0Asure
            ::endgroup::ATargetWithAVeryLongNameIndeed
            ::group::Breaking
            05:08:10 [ERR] Target Breaking has thrown an exception
            boom, and why
            ::error::Target Breaking has thrown an exception: boom, and why
            ::endgroup::Breaking
            ::group::Errors & Warnings
            """.ReplaceLineEndings("\n"),
            output,
            StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
    }

    [Theory]
    [InlineData("verbose", "fine,for the curious,first,Look out,thrown")]
    [InlineData("Normal", "for the curious,first,Look out,thrown")]
    [InlineData("minimal", "Look out,thrown")]
    [InlineData("quiet", "thrown")]
    public void Verbosity_says_how_much_is_logged(string verbosity, string expected)
    {
        using var runner = new BuildRunner();
        OutputBuild.Time = runner.Time;
        var log = runner.Run<OutputBuild>(build => build.All, "--verbosity", verbosity).Output.Split("║ Errors & Warnings")[0];
        Assert.Equal(
            expected.Split(','),
            new[] { "fine", "for the curious", "first", "Look out", "thrown" }.Where(part => log.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_logged_stays_in_build_log_until_the_next_run_and_hides_secrets_too()
    {
        using var runner = new BuildRunner();
        OutputBuild.Time = runner.Time;
        var log = runner.Root / ".nuke" / "temp" / "build.log";
        runner.Run<OutputBuild>(build => build.All, "Breaking");
        runner.Run<OutputBuild>(build => build.All, "Prepare", "--token", "curious");
        Assert.Equal("05:06:07 [INF] Preparing first {nothing}\n05:06:07 [DBG] for the ***\n", File.ReadAllText(log));
    }

    [Fact]
    public void The_logo_is_one_line_and_follows_OnBuildInitialized()
    {
        using var runner = new BuildRunner();
        OutputBuild.Time = runner.Time;
        var toError = runner.Run<ToErrorBuild>(build => build.Nothing);
        Assert.Empty(toError.Output);
        Assert.StartsWith("NUKE build, embedded engine 10.1.0 (", toError.Error, StringComparison.Ordinal);
        Assert.Contains("[INF] to standard error", toError.Error, StringComparison.Ordinal);
        Assert.Contains("Build succeeded on 2026-03-04 05:06:07. ＼（＾ᴗ＾）／", toError.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_without_actions_has_neither_banner_nor_row()
    {
        using var runner = new BuildRunner();
        Assert.DoesNotContain("Nothing", runner.Run<ToErrorBuild>(build => build.Nothing).Error, StringComparison.Ordinal);
    }

    private sealed class BlockException() : Exception("boom, and why")
    {
        public override string ToString() => Message;
    }

    private sealed class OutputBuild : NukeBuild
    {
        [Parameter][Secret] private readonly string? Token;

        public static Microsoft.Extensions.Time.Testing.FakeTimeProvider? Time { get; set; }

        private Target Unused => _ => _.Requires(() => Token);

        private Target Prepare => _ => _.Executes(() =>
        {
            Log.Verbose("fine");
            Log.Information("Preparing {What} {{nothing}}", "first");
            Log.Debug("for the curious");
            Time!.Advance(TimeSpan.FromSeconds(123));
            ReportSummary(facts =>
            {
                facts["Objects"] = "12";
                facts["Size"] = "3 KB";
                return facts;
            });
        });

        private Target ATargetWithAVeryLongNameIndeed => _ => _.After(Prepare).Executes(() =>
        {
            Log.Warning("Look out for {What}", "a b");
            (Host as GitHubActions)?.WriteCommand("notice", "100%\nsure", properties =>
            {
                properties["file"] = "a:b,c";
                properties["line"] = 1;
                return properties;
            });
        });

        private Target Breaking => _ => _.After(ATargetWithAVeryLongNameIndeed).Executes(() => throw new BlockException());

        private Target Left => _ => _.After(Breaking).Executes(() => { });

        public Target All => _ => _.DependsOn(Prepare, ATargetWithAVeryLongNameIndeed, Breaking, Left);
    }

    private sealed class ToErrorBuild : NukeBuild
    {
        private Target Something => _ => _.Executes(() => Log.Information("to standard error"));

        public Target Nothing => _ => _.DependsOn(Something);

        protected internal override void OnBuildInitialized() => Console.SetOut(Console.Error);
    }
}
