namespace Nuke.Common.Execution;

/// <summary>Decides which targets run and in what order.</summary>
internal static class ExecutionPlanner
{
    /// <summary>Decides what runs for the targets that were asked for.</summary>
    /// <param name="targets">All targets, in the order they are declared.</param>
    /// <returns>What runs, first to last; the targets invoked and the default ones if none is, with all they need and trigger.</returns>
    public static IReadOnlyList<ExecutableTarget> Plan(IReadOnlyList<ExecutableTarget> targets)
    {
        var invoked = targets.Where(target => target.Invoked).ToList();
        return Plan(targets, invoked.Count > 0 ? invoked : targets.Where(target => target.IsDefault));
    }

    /// <summary>Decides what runs for some targets, none of which wait for each other.</summary>
    public static IReadOnlyList<ExecutableTarget> Plan(IReadOnlyList<ExecutableTarget> targets, IEnumerable<ExecutableTarget> asked)
    {
        var wanted = asked.ToHashSet();
        var open = new Queue<ExecutableTarget>(wanted);
        while (open.TryDequeue(out var target))
        {
            foreach (var next in target.ExecutionDependencies.Concat(target.Triggers).Where(wanted.Add))
                open.Enqueue(next);
        }

        return [.. RunOrder(targets).Where(wanted.Contains)];
    }

    // From the end: the first declared target that nothing left waits for comes last.
    private static List<ExecutableTarget> RunOrder(IReadOnlyList<ExecutableTarget> targets)
    {
        var remaining = targets.ToList();
        var order = new List<ExecutableTarget>();
        while (remaining.Count > 0)
        {
            var last = remaining.First(target => !remaining.Exists(other => other.AllDependencies.Contains(target)));
            remaining.Remove(last);
            order.Add(last);
        }

        order.Reverse();
        return order;
    }

    /// <exception cref="UsageException">Targets wait for each other.</exception>
    public static void ThrowIfCircular(IReadOnlyList<ExecutableTarget> targets)
    {
        var problems = new Problems();
        var inCycle = new HashSet<ExecutableTarget>();
        foreach (var target in targets.Where(target => !inCycle.Contains(target)))
        {
            if (PathBackTo(target, target, []) is not { } path)
                continue;

            inCycle.UnionWith(path);
            problems.Add($"Circular dependencies between targets: {string.Join(" -> ", path.Select(step => step.Name))}");
        }

        problems.ThrowIfAny();
    }

    private static List<ExecutableTarget>? PathBackTo(ExecutableTarget goal, ExecutableTarget from, HashSet<ExecutableTarget> seen)
    {
        foreach (var next in from.AllDependencies)
        {
            if (next == goal)
                return [from, goal];

            if (seen.Add(next) && PathBackTo(goal, next, seen) is { } rest)
                return [from, .. rest];
        }

        return null;
    }
}
