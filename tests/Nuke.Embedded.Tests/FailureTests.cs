using System.Reflection;
using Nuke.Common;
using Nuke.Common.Execution;
using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class FailureTests
{
    [Theory]
    [InlineData("Good", 0, "Good Later Undo")]
    [InlineData("Fails", 255, "Fails Undo")]
    [InlineData("Proceeds", 255, "Proceeds AfterProceeds Later Undo")]
    [InlineData("Async", 255, "Async Undo")]
    [InlineData("Value", 255, "Value Undo")]
    [InlineData("SetsSeven", 7, "SetsSeven Undo")]
    [InlineData("SetsZero", 255, "SetsZero Undo")]
    [InlineData("ReturnsThree", 3, "ReturnsThree Later Undo")]
    [InlineData("BadCondition", 255, "Undo")]
    public void The_exit_code_never_hides_a_failure_and_assured_targets_run(string target, int exitCode, string calls)
    {
        var outcome = BuildRunner.Once<Failing>(build => build.Good, target, "Later", "Undo");
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Equal(calls, outcome.CallsInOrder);
        Assert.Contains($"Build {(exitCode == 0 ? "succeeded" : "failed")} on 2026-03-04 05:06:07.", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_was_left_out_is_not_run()
        => Assert.Contains("Later              NotRun\n", BuildRunner.Once<Failing>(build => build.Good, "Fails", "Later").Output, StringComparison.Ordinal);

    [Fact]
    public void An_exception_with_a_text_of_its_own_prints_that_text_once()
    {
        var outcome = BuildRunner.Once<Failing>(build => build.Good, "Block");
        Assert.Contains("05:06:07 [ERR] Target Block has thrown an exception\n✖ first\n  next: do this\n", outcome.Output, StringComparison.Ordinal);
        Assert.Single(outcome.Output.Split('\n'), "✖ first");
        Assert.DoesNotContain("   at ", outcome.Output, StringComparison.Ordinal);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public void What_tasks_and_reflection_wrap_around_an_exception_is_taken_off()
    {
        var output = BuildRunner.Once<Failing>(build => build.Good, "Wrapped").Output;
        Assert.Contains("// BlockException: ✖ first", output, StringComparison.Ordinal);
        Assert.DoesNotContain("AggregateException", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_target_is_aborted_and_only_assured_ones_follow()
    {
        var outcome = BuildRunner.Once<Failing>(build => build.Good, "Interrupted", "Later", "Undo");
        Assert.Equal(130, outcome.ExitCode);
        Assert.Equal("Interrupted Undo", outcome.CallsInOrder);
        Assert.Contains("[WRN] Target Interrupted was interrupted\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Interrupted        Aborted", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Build interrupted on 2026-03-04 05:06:07.", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_more_starts_after_an_interrupt_that_the_running_target_survived()
    {
        var outcome = BuildRunner.Once<Failing>(build => build.Good, "Survives", "Later", "Undo");
        Assert.Equal(130, outcome.ExitCode);
        Assert.Equal("Survives Undo", outcome.CallsInOrder);
    }

    [Fact]
    public void A_cancellation_without_an_interrupt_is_a_failure()
    {
        var outcome = BuildRunner.Once<Failing>(build => build.Good, "Cancelled", "Later");
        Assert.Equal(255, outcome.ExitCode);
        Assert.Contains("[ERR] Target Cancelled has thrown an exception\nSystem.OperationCanceledException", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Cancelled          Aborted", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Hooks_are_called_in_order()
        => Assert.Equal(
            "created Scheduled|initialized|running A|A|succeeded A|finished Succeeded",
            string.Join('|', BuildRunner.Once<Hooked>(build => build.A).Calls));

    [Theory]
    [InlineData("OnBuildCreated", 255)]
    [InlineData("OnBuildInitialized", 9)]
    [InlineData("OnBuildFinished", 9)]
    [InlineData("OnTargetRunning", 9)]
    [InlineData("OnTargetSucceeded", 9)]
    public void A_hook_that_throws_fails_the_build_which_still_finishes(string hook, int exitCode)
    {
        using var runner = new BuildRunner { Environment = { ["THROWING"] = hook } };
        var outcome = runner.Run<Hooked>(build => build.A);
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Contains("thrown on purpose", outcome.Output + outcome.Error, StringComparison.Ordinal);
        Assert.Equal(hook == "OnBuildFinished" ? 0 : 1, outcome.Calls.Count(call => call.StartsWith("finished", StringComparison.Ordinal)));
    }

    [Fact]
    public void Before_the_build_is_initialized_nothing_is_written_to_standard_output()
    {
        using var runner = new BuildRunner { Environment = { ["THROWING"] = "OnBuildInitialized" } };
        Assert.Empty(runner.Run<Hooked>(build => build.A).Output);
    }

    private sealed class BlockException : Exception
    {
        public override string Message => "✖ first\n  next: do this";

        public override string ToString() => Message;
    }

    private sealed class Failing : RecordedBuild
    {
        public Target Good => _ => _.Executes(Work);

        private Target Fails => _ => _.Executes(() => throw new InvalidOperationException("boom"));

        private Target Proceeds => _ => _.ProceedAfterFailure().Triggers(AfterProceeds).Executes(() => throw new InvalidOperationException("boom"));

        private Target AfterProceeds => _ => _.Executes(Work);

        private Target Async => _ => _.Executes(async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("boom");
        });

        private Target Value => _ => _.Executes(() => ValueTask.FromException(new InvalidOperationException("boom")));

        private Target SetsSeven => _ => _.Executes(() => Throw(7));

        private Target SetsZero => _ => _.Executes(() => Throw(0));

        private Target ReturnsThree => _ => _.Executes(() => ExitCode = 3);

        private Target BadCondition => _ => _.OnlyWhenDynamic(() => Throw(255)).Executes(Work);

        private Target Block => _ => _.Executes(() => throw new BlockException());

        private Target Wrapped => _ => _.Executes(() => throw new TargetInvocationException(new AggregateException(new BlockException())));

        private Target Interrupted => _ => _.ProceedAfterFailure().Executes(async () =>
        {
            Session.Current.Interruption.Request();
            await Task.Delay(TimeSpan.FromDays(1), TimeProvider.System, Interrupt.Token);
        });

        private Target Survives => _ => _.Executes(Session.Current.Interruption.Request);

        private Target Cancelled => _ => _.Executes(() => throw new OperationCanceledException());

        private Target Later => _ => _
            .After(Good, Fails, Proceeds, AfterProceeds, Async, Value, SetsSeven, SetsZero, ReturnsThree, BadCondition)
            .After(Interrupted, Survives, Cancelled)
            .Executes(Work);

        private Target Undo => _ => _.After(Later).AssuredAfterFailure().Executes(Work);

        private bool Throw(int exitCode)
        {
            ExitCode = exitCode;
            throw new InvalidOperationException("boom");
        }
    }

    private sealed class Hooked : NukeBuild
    {
        [Parameter] private readonly string Throwing = "";

        public Target A => _ => _.Executes(() => BuildRunner.Calls.Add("A"));

        protected internal override void OnBuildCreated() => Hook("OnBuildCreated", $"created {ExecutionPlan.Single().Status}");

        protected internal override void OnBuildInitialized()
        {
            ExitCode = Throwing.Length > 0 ? 9 : null;
            Hook("OnBuildInitialized", "initialized");
        }

        protected internal override void OnBuildFinished() => Hook("OnBuildFinished", $"finished {ExecutionPlan.Single().Status}");

        protected internal override void OnTargetRunning(string target) => Hook("OnTargetRunning", $"running {target}");

        protected internal override void OnTargetSucceeded(string target) => Hook("OnTargetSucceeded", $"succeeded {target}");

        private void Hook(string name, string call)
        {
            if (Throwing == name)
                throw new InvalidOperationException("thrown on purpose");
            BuildRunner.Calls.Add(call);
        }
    }
}
