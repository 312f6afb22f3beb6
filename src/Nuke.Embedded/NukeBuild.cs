using Nuke.Common.Tooling;

namespace Nuke.Common;

/// <summary>The class a build derives from: its <see cref="Target"/> properties are what can be run.</summary>
public abstract partial class NukeBuild
{
    /// <summary>How the build class ends the process; null lets the engine decide (0 for success, 255 for failure).</summary>
    /// <remarks>0 does not hide a failure, and an interrupted run ends with 130.</remarks>
    public int? ExitCode { get; set; }

    /// <summary>Whether the line with the engine's name and version is left out.</summary>
    public bool NoLogo { get; set; }

    /// <summary>All targets of this run, in the order they run.</summary>
    public IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; internal set; } = [];

    /// <summary>The targets that were asked for by name.</summary>
    public IReadOnlyCollection<ExecutableTarget> InvokedTargets => [.. ExecutionPlan.Where(target => target.Invoked)];

    /// <summary>The targets that will not run because of a condition or <c>--skip</c>.</summary>
    public IReadOnlyCollection<ExecutableTarget> SkippedTargets => InState(ExecutionStatus.Skipped);

    /// <summary>The targets whose turn has not come.</summary>
    public IReadOnlyCollection<ExecutableTarget> ScheduledTargets => InState(ExecutionStatus.Scheduled);

    /// <summary>The targets that threw.</summary>
    public IReadOnlyCollection<ExecutableTarget> FailedTargets => InState(ExecutionStatus.Failed);

    /// <summary>The targets that did what they should.</summary>
    public IReadOnlyCollection<ExecutableTarget> SucceededTargets => InState(ExecutionStatus.Succeeded);

    /// <summary>Whether no target failed, was interrupted or was left out because of that.</summary>
    public bool IsSucceeding => !IsFailing;

    /// <summary>Whether a target failed, was interrupted or was left out because of that.</summary>
    public bool IsFailing => ExecutionPlan.Any(
        target => target.Status is ExecutionStatus.Failed or ExecutionStatus.Aborted or ExecutionStatus.NotRun);

    /// <summary>Runs the build that the command line asks for; to be returned from <c>Main</c>.</summary>
    /// <param name="defaultTargetExpressions">What runs when the command line names no target.</param>
    /// <typeparam name="T">The build class.</typeparam>
    /// <returns>The process's exit code: 0 done, 2 wrong usage and nothing run, 255 or <see cref="ExitCode"/> failed.</returns>
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions)
        where T : NukeBuild, new()
        => Engine.Run(Session.FromProcess(), defaultTargetExpressions);

    /// <summary>Adds facts about the running target to its line in the summary, as <c>// key: value</c>.</summary>
    /// <param name="configurator">Gets an empty dictionary and returns it with the facts.</param>
    public void ReportSummary(Configure<Dictionary<string, string>>? configurator = null)
    {
        var target = ExecutionPlan.Single(candidate => candidate.Status == ExecutionStatus.Running);
        foreach (var (key, value) in configurator?.Invoke([]) ?? [])
            target.SummaryInformation[key] = value;
    }

    private IReadOnlyCollection<ExecutableTarget> InState(ExecutionStatus status)
        => [.. ExecutionPlan.Where(target => target.Status == status)];
}
