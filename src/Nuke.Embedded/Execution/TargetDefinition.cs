namespace Nuke.Common.Execution;

/// <summary>Keeps what a target's description says.</summary>
internal sealed class TargetDefinition : ITargetDefinition
{
    public string? DescriptionText { get; private set; }

    public bool IsUnlisted { get; private set; }

    public bool IsAssuredAfterFailure { get; private set; }

    public bool IsProceedAfterFailure { get; private set; }

    public DependencyBehavior DependencyBehavior { get; private set; }

    public List<Func<Task>> Actions { get; } = [];

    public List<Condition> StaticConditions { get; } = [];

    public List<Condition> DynamicConditions { get; } = [];

    public List<LambdaExpression> Requirements { get; } = [];

    public List<string> ArtifactProducts { get; } = [];

    public List<Target> ConsumesTargets { get; } = [];

    public List<Target> DependsOnTargets { get; } = [];

    public List<Target> DependentForTargets { get; } = [];

    public List<Target> BeforeTargets { get; } = [];

    public List<Target> AfterTargets { get; } = [];

    public List<Target> TriggersTargets { get; } = [];

    public List<Target> TriggeredByTargets { get; } = [];

    public ITargetDefinition Description(string description) => Also(() => DescriptionText = description);

    public ITargetDefinition Executes(params Action[] actions) => Also(() => Actions.AddRange(actions.Select(AsTask)));

    public ITargetDefinition Executes<T>(Func<T> action) => Also(() => Actions.Add(() => AwaitResult(action())));

    public ITargetDefinition Executes(Func<Task> action) => Also(() => Actions.Add(action));

    public ITargetDefinition DependsOn(params Target[] targets) => Also(() => DependsOnTargets.AddRange(targets));

    public ITargetDefinition DependentFor(params Target[] targets) => Also(() => DependentForTargets.AddRange(targets));

    public ITargetDefinition Before(params Target[] targets) => Also(() => BeforeTargets.AddRange(targets));

    public ITargetDefinition After(params Target[] targets) => Also(() => AfterTargets.AddRange(targets));

    public ITargetDefinition Triggers(params Target[] targets) => Also(() => TriggersTargets.AddRange(targets));

    public ITargetDefinition TriggeredBy(params Target[] targets) => Also(() => TriggeredByTargets.AddRange(targets));

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, string? conditionExpression = null)
        => Also(() => DynamicConditions.Add(new Condition(conditionExpression, condition)));

    public ITargetDefinition OnlyWhenStatic(Func<bool> condition, string? conditionExpression = null)
        => Also(() => StaticConditions.Add(new Condition(conditionExpression, condition)));

    public ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : class
        => Also(() => Requirements.AddRange([parameterRequirement, .. parameterRequirements]));

    public ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : struct
        => Also(() => Requirements.AddRange([parameterRequirement, .. parameterRequirements]));

    public ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements)
        => Also(() => Requirements.AddRange([requirement, .. requirements]));

    public ITargetDefinition Produces(params string[] artifacts) => Also(() => ArtifactProducts.AddRange(artifacts));

    public ITargetDefinition Consumes(params Target[] targets) => Also(() => ConsumesTargets.AddRange(targets));

    public ITargetDefinition Consumes(Target target, params string[] artifacts) => Consumes([target]);

    public ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior) => Also(() => DependencyBehavior = dependencyBehavior);

    public ITargetDefinition AssuredAfterFailure() => Also(() => IsAssuredAfterFailure = true);

    public ITargetDefinition ProceedAfterFailure() => Also(() => IsProceedAfterFailure = true);

    public ITargetDefinition Unlisted() => Also(() => IsUnlisted = true);

    private static Func<Task> AsTask(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };

    private static Task AwaitResult(object? result) => result switch
    {
        Task task => task,
        ValueTask task => task.AsTask(),
        _ => Task.CompletedTask,
    };

    private TargetDefinition Also(Action change)
    {
        change();
        return this;
    }
}
