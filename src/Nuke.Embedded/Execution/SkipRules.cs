namespace Nuke.Common.Execution;

/// <summary>Marks the targets of a plan that will not run.</summary>
internal sealed class SkipRules(IReadOnlyCollection<ExecutableTarget> plan)
{
    /// <summary>Applies <c>--skip</c>. An invoked target stays, and so does what it needs.</summary>
    /// <param name="skipped">What to leave out; everything that was not invoked, if it is empty.</param>
    public void ApplyParameter(IReadOnlyCollection<ExecutableTarget> skipped)
    {
        foreach (var target in plan.Where(target => !target.Invoked && (skipped.Count == 0 || skipped.Contains(target))))
            Skip(target, "Skipped", "via parameter");
    }

    /// <summary>Leaves out what a run before has done. What it needed was done too, or still has to be.</summary>
    public void ApplyDone(IReadOnlyCollection<string> done)
    {
        foreach (var target in plan.Where(target => target.Status == ExecutionStatus.Scheduled && done.Contains(target.Name)))
        {
            target.Status = ExecutionStatus.Skipped;
            target.SummaryInformation["Skipped"] = "done before";
        }
    }

    /// <summary>Skips a target whose conditions are not met.</summary>
    public void ApplyConditions(ExecutableTarget target, IReadOnlyCollection<Condition> conditions)
    {
        if (target.Status != ExecutionStatus.Scheduled)
            return;

        var unmet = conditions.Where(condition => !condition.IsMet()).Select(condition => condition.Text).ToList();
        if (unmet.Count > 0)
            Skip(target, "OnlyWhen", string.Join(" && ", unmet));
    }

    private void Skip(ExecutableTarget target, string key, string reason)
    {
        if (target.Status != ExecutionStatus.Scheduled)
            return;

        target.Status = ExecutionStatus.Skipped;
        target.SummaryInformation[key] = reason;
        if (target.Definition.DependencyBehavior == DependencyBehavior.Execute)
            return;

        foreach (var dependency in target.ExecutionDependencies.Concat(target.Triggers))
        {
            if (!dependency.Invoked && !IsNeeded(dependency))
                Skip(dependency, "Skipped", $"because of {target.Name}");
        }
    }

    private bool IsNeeded(ExecutableTarget target)
        => plan.Any(other => other.Status == ExecutionStatus.Scheduled
                             && (other.ExecutionDependencies.Contains(target) || other.Triggers.Contains(target)));
}
