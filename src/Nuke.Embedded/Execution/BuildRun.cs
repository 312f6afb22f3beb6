namespace Nuke.Common.Execution;

/// <summary>Runs the targets of a plan, one after the other.</summary>
internal sealed class BuildRun(NukeBuild build, SkipRules skipRules, BuildAttempt attempt, Session session)
{
    private bool _stopped;

    /// <summary>Runs the plan. Failures end up in the targets' status; nothing a target throws gets out.</summary>
    public async Task ExecuteAsync()
    {
        foreach (var target in build.ExecutionPlan)
        {
            _stopped |= session.Interruption.IsRequested;
            if (_stopped && !target.Definition.IsAssuredAfterFailure)
                continue;

            session.Interruption.Renew();
            await ExecuteAsync(target);
        }

        foreach (var target in build.ScheduledTargets)
            target.Status = HasActions(target) ? ExecutionStatus.NotRun : ExecutionStatus.Collective;
    }

    private static bool HasActions(ExecutableTarget target) => target.Definition.Actions.Count > 0;

    private async Task ExecuteAsync(ExecutableTarget target)
    {
        Logging.Target = target.Name;
        Try(() => skipRules.ApplyConditions(target, target.Definition.DynamicConditions), exception => Fail(target, exception));
        if (target.Status == ExecutionStatus.Skipped)
        {
            Try(() => build.OnTargetSkipped(target.Name), exception => Fail(target, exception));
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

        Logging.Target = "";
    }

    private static void Try(Action action, Action<Exception> fail)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            fail(exception);
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
            attempt.Add(target.Name);
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
        // Whatever an interrupted target throws, a tool's exit code for one, it throws because of that; not so what runs after it.
        var isInterrupted = session.Interruption.Token.IsCancellationRequested;
        if (isInterrupted)
            Log.Warning(isCancelled ? null : exception, "Target {TargetName} was interrupted", target.Name);
        else
            Log.Error(exception, "Target {TargetName} has thrown an exception", target.Name);

        target.Status = isCancelled || isInterrupted ? ExecutionStatus.Aborted : ExecutionStatus.Failed;
        if (target.SummaryInformation.Count == 0 && !isInterrupted)
            target.SummaryInformation[exception.GetType().Name] = exception.Message.Split('\n')[0].TrimEnd();
        _stopped |= !target.Definition.IsProceedAfterFailure;
        // Assured targets undo what others did, so a hook that throws must not keep them from running.
        Try(
            () => build.OnTargetFailed(target.Name),
            other => Log.Error(other, "OnTargetFailed has thrown an exception for {TargetName}", target.Name));
    }
}
