namespace Nuke.Common;

/// <summary>Something that can be run by name: a property of the build class that describes it.</summary>
/// <param name="definition">What the description is written to.</param>
/// <returns>The same definition.</returns>
public delegate ITargetDefinition Target(ITargetDefinition definition);

/// <summary>What becomes of a skipped target's dependencies.</summary>
public enum DependencyBehavior
{
    /// <summary>Those that no other scheduled target needs are skipped too.</summary>
    Skip,

    /// <summary>They run all the same.</summary>
    Execute,
}

/// <summary>Asks about the targets of a run.</summary>
public static class ExecutableTargetExtensions
{
    /// <summary>Whether a target is among others.</summary>
    /// <param name="targets">The others.</param>
    /// <param name="target">The target, as the build class's property.</param>
    /// <returns>Whether it is.</returns>
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Target target)
        => targets.Any(candidate => candidate.Factory.Equals(target));
}
