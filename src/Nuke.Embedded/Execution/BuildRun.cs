using Nuke.Common.Reporting;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>Runs the targets of a plan, one after the other.</summary>
internal sealed class BuildRun(NukeBuild build, SkipRules skipRules, Session session)
{
    private bool _stopped;

    private bool IsInterrupted => build.ExitCode == Engine.Interrupted;

    /// <summary>Runs the plan. Failures end up in the targets' status; nothing a target throws gets out.</summary>
    public async Task ExecuteAsync()
    {
        foreach (var target in build.ExecutionPlan)
        {
            _stopped |= IsInterrupted;
            if (!_stopped || target.Definition.IsAssuredAfterFailure)
                await ExecuteAsync(target);
        }

        foreach (var target in build.ScheduledTargets)
            target.Status = HasActions(target) ? ExecutionStatus.NotRun : ExecutionStatus.Collective;
    }

    private static bool HasActions(ExecutableTarget target) => target.Definition.Actions.Count > 0;

    private async Task ExecuteAsync(ExecutableTarget target)
    {
        using var scope = Logging.Enter(target.Name);
        Guard(target, () => skipRules.ApplyConditions(target, target.Definition.DynamicConditions));
        if (target.Status == ExecutionStatus.Skipped)
        {
            Guard(target, () => build.OnTargetSkipped(target.Name));
        }
        else if (target.Status == ExecutionStatus.Scheduled && !HasActions(target))
        {
            target.Status = ExecutionStatus.Collective;
        }
        else if (target.Status == ExecutionStatus.Scheduled)
        {
            session.Host.BeginSection(target.Name);
            await RunActionsAsync(target);
            session.Host.EndSection(target.Name);
        }
    }

    private void Guard(ExecutableTarget target, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            Fail(target, exception);
        }
    }

    private async Task RunActionsAsync(ExecutableTarget target)
    {
        target.Status = ExecutionStatus.Running;
        var start = session.Time.GetTimestamp();
        try
        {
            build.OnTargetRunning(target.Name);
            foreach (var action in target.Definition.Actions)
                await action();

            target.Duration = session.Time.GetElapsedTime(start);
            target.Status = ExecutionStatus.Succeeded;
            build.OnTargetSucceeded(target.Name);
        }
        catch (Exception exception)
        {
            target.Duration = session.Time.GetElapsedTime(start);
            Fail(target, exception);
        }
    }

    private void Fail(ExecutableTarget target, Exception exception)
    {
        exception = Engine.Unwrap(exception);
        var isCancelled = exception is OperationCanceledException;
        if (isCancelled && IsInterrupted)
            Log.Warning("Target {TargetName} was interrupted", target.Name);
        else
            Log.Error(exception, "Target {TargetName} has thrown an exception", target.Name);

        target.Status = isCancelled ? ExecutionStatus.Aborted : ExecutionStatus.Failed;
        if (target.SummaryInformation.Count == 0 && !(isCancelled && IsInterrupted))
            target.SummaryInformation[exception.GetType().Name] = exception.Message.Split('\n')[0].TrimEnd();
        _stopped |= !target.Definition.IsProceedAfterFailure;
        AnnounceFailure(target);
    }

    // Assured targets undo what others did, so a hook that throws must not keep them from running.
    private void AnnounceFailure(ExecutableTarget target)
    {
        try
        {
            build.OnTargetFailed(target.Name);
        }
        catch (Exception exception)
        {
            Log.Error(exception, "OnTargetFailed has thrown an exception for {TargetName}", target.Name);
        }
    }
}
