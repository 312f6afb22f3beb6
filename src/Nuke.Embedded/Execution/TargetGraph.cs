namespace Nuke.Common.Execution;

/// <summary>Reads the targets of a build class and ties them together.</summary>
internal static class TargetGraph
{
    public static IReadOnlyList<string> NamesOf(Type buildType) => [.. PropertiesOf(buildType).Select(property => property.Name)];

    /// <summary>Reads all targets, in the order they are declared.</summary>
    /// <exception cref="InvalidOperationException">A description names something that is not a target property.</exception>
    public static IReadOnlyList<ExecutableTarget> Create(NukeBuild build, IReadOnlyCollection<string> defaultTargets)
    {
        var targets = PropertiesOf(build.GetType()).Select(property => Read(build, property)).ToList();
        foreach (var target in targets)
        {
            target.IsDefault = defaultTargets.Contains(target.Name);
            Link(target, targets);
        }

        return targets;
    }

    private static IEnumerable<PropertyInfo> PropertiesOf(Type buildType)
        => buildType.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.PropertyType == typeof(Target));

    private static ExecutableTarget Read(NukeBuild build, PropertyInfo property)
    {
        var factory = (Target)property.GetValue(build)!;
        var definition = new TargetDefinition();
        factory(definition);
        return new ExecutableTarget(property.Name, factory, definition);
    }

    private static void Link(ExecutableTarget target, List<ExecutableTarget> all)
    {
        target.ExecutionDependencies.AddRange(Edges(target, all, from => from.DependsOnTargets, to => to.DependentForTargets));
        target.OrderDependencies.AddRange(Edges(target, all, from => from.AfterTargets, to => to.BeforeTargets));
        target.TriggerDependencies.AddRange(Edges(target, all, from => from.TriggeredByTargets, to => to.TriggersTargets));
        _ = Edges(target, all, from => from.ConsumesTargets, _ => []).Count();
        target.Triggers.AddRange(Edges(target, all, from => from.TriggersTargets, to => to.TriggeredByTargets));
    }

    private static IEnumerable<ExecutableTarget> Edges(
        ExecutableTarget target,
        List<ExecutableTarget> all,
        Func<TargetDefinition, List<Target>> named,
        Func<TargetDefinition, List<Target>> naming)
    {
        var direct = named(target.Definition).Select(factory
            => all.Find(other => other.Factory.Equals(factory))
               ?? throw new InvalidOperationException($"Target '{target.Name}' refers to something that is not a Target property of the build class."));
        var reverse = all.Where(other => naming(other.Definition).Exists(factory => factory.Equals(target.Factory)));
        return direct.Concat(reverse).Distinct();
    }
}
