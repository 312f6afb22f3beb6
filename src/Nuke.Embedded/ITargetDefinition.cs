using System.Runtime.CompilerServices;

namespace Nuke.Common;

/// <summary>Describes a target: what it does, what it needs, when it runs. Every call adds to the ones before.</summary>
public interface ITargetDefinition
{
    /// <summary>Says in help what the target is for.</summary>
    ITargetDefinition Description(string description);

    /// <summary>Adds actions.</summary>
    ITargetDefinition Executes(params Action[] actions);

    /// <summary>Adds an action whose result is dropped; a task is awaited.</summary>
    ITargetDefinition Executes<T>(Func<T> action);

    /// <summary>Adds an asynchronous action.</summary>
    ITargetDefinition Executes(Func<Task> action);

    /// <summary>Names targets that run before this one, always.</summary>
    ITargetDefinition DependsOn(params Target[] targets);

    /// <summary>Names targets that this one runs before, always.</summary>
    ITargetDefinition DependentFor(params Target[] targets);

    /// <summary>Names targets that this one precedes if they run at all.</summary>
    ITargetDefinition Before(params Target[] targets);

    /// <summary>Names targets that this one follows if they run at all.</summary>
    ITargetDefinition After(params Target[] targets);

    /// <summary>Names targets that run because this one does, later.</summary>
    ITargetDefinition Triggers(params Target[] targets);

    /// <summary>Names targets that make this one run, later.</summary>
    ITargetDefinition TriggeredBy(params Target[] targets);

    /// <summary>Skips the target if the condition is false when its turn comes.</summary>
    ITargetDefinition OnlyWhenDynamic(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null);

    /// <summary>Skips the target if the condition is false before anything runs.</summary>
    ITargetDefinition OnlyWhenStatic(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null);

    /// <summary>Names parameters that must have a value before anything runs.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : class;

    /// <summary>Names parameters that must have a value before anything runs.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : struct;

    /// <summary>States what must be true before anything runs.</summary>
    ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements);

    /// <summary>Says what becomes of dependencies when this target is skipped.</summary>
    ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior);

    /// <summary>Runs this target even after another has failed.</summary>
    ITargetDefinition AssuredAfterFailure();

    /// <summary>Goes on with the build when this target fails; the build still counts as failed.</summary>
    ITargetDefinition ProceedAfterFailure();

    /// <summary>Names files, as paths with wildcards, that the target leaves behind; a generated workflow uploads them.</summary>
    ITargetDefinition Produces(params string[] artifacts);

    /// <summary>Names targets whose files this one uses. It orders nothing; that is what <see cref="DependsOn"/> and <see cref="After"/> are for.</summary>
    ITargetDefinition Consumes(params Target[] targets);

    /// <summary>Names some files of a target that this one uses.</summary>
    ITargetDefinition Consumes(Target target, params string[] artifacts);

    /// <summary>Leaves the target out of help.</summary>
    ITargetDefinition Unlisted();
}
