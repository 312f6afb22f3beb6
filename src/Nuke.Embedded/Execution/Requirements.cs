namespace Nuke.Common.Execution;

/// <summary>Checks what targets require, before anything runs, and asks for what is missing where somebody can answer.</summary>
internal sealed partial class Requirements(NukeBuild build, ParameterCatalog catalog, Prompt? prompt)
{
    private readonly Problems _problems = new();
    private readonly List<Parameter> _missing = [];

    /// <exception cref="UsageException">Names every requirement that is not met.</exception>
    public void Check()
    {
        foreach (var (target, requirement) in build.ScheduledTargets.SelectMany(target => target.Definition.Requirements.Select(requirement => (target, requirement))))
            Check(target.Name, requirement);
        foreach (var parameter in catalog.Declared.Where(parameter => parameter.IsRequired && IsEmpty(parameter.ReadFrom(build))))
            Miss("Every target", parameter);

        // What no answer can mend is told before anything is asked.
        _problems.ThrowIfAny();
        foreach (var parameter in _missing.Distinct())
            prompt!.Ask(parameter, build);
    }

    private void Check(string target, LambdaExpression requirement)
    {
        var value = requirement.Compile(preferInterpretation: true).DynamicInvoke();
        if (value is false && requirement.ReturnType == typeof(bool))
            _problems.Add($"Target '{target}' requires '{Owner().Replace(requirement.Body.ToString(), "")}'.");
        else if (IsEmpty(value))
            Miss($"Target '{target}'", requirement);
    }

    private void Miss(string who, LambdaExpression requirement)
    {
        MemberInfo? member = (requirement.Body as MemberExpression)?.Member;
        if (catalog.Declared.FirstOrDefault(candidate => candidate.Member?.Name == member?.Name) is { } parameter)
            Miss(who, parameter);
        else
            _problems.Add($"{who} requires a value for '{member?.Name ?? requirement.Body.ToString()}'.");
    }

    private void Miss(string who, Parameter parameter)
    {
        _missing.Add(parameter);
        if (prompt is null)
            _problems.Add($"{who} requires a value for {parameter.Option}: give {parameter.Option} <value>, set NUKE_{parameter.EnvironmentName}, or write \"{parameter.Name}\" into .nuke/parameters.json.");
    }

    private static bool IsEmpty(object? value) => value switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        ICollection items => items.Count == 0,
        _ => false,
    };

    // An expression prints its build object as value(Namespace.Build).
    [GeneratedRegex(@"value\([^()]*\)\.")]
    private static partial Regex Owner();
}
