namespace Nuke.Common.Execution;

/// <summary>A target in a run.</summary>
public sealed class ExecutableTarget
{
    internal ExecutableTarget(string name, Target factory, TargetDefinition definition)
    {
        Name = name;
        Factory = factory;
        Definition = definition;
    }

    /// <summary>The name of the build class's property.</summary>
    public string Name { get; }

    /// <summary>What the target is for.</summary>
    public string? Description => Definition.DescriptionText;

    /// <summary>The build class's property.</summary>
    public Delegate Factory { get; }

    /// <summary>Whether help lists it.</summary>
    public bool Listed => !Definition.IsUnlisted;

    /// <summary>Whether it runs when the command line names no target.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>Whether it was asked for by name.</summary>
    public bool Invoked { get; internal set; }

    /// <summary>Where it stands.</summary>
    public ExecutionStatus Status { get; internal set; }

    /// <summary>How long its actions took.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>What follows its line in the summary.</summary>
    public Dictionary<string, string> SummaryInformation { get; } = [];

    internal TargetDefinition Definition { get; }

    internal List<ExecutableTarget> ExecutionDependencies { get; } = [];

    internal List<ExecutableTarget> OrderDependencies { get; } = [];

    internal List<ExecutableTarget> TriggerDependencies { get; } = [];

    internal List<ExecutableTarget> Triggers { get; } = [];

    internal IEnumerable<ExecutableTarget> AllDependencies
        => ExecutionDependencies.Concat(OrderDependencies).Concat(TriggerDependencies);
}
