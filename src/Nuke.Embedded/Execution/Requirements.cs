using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.RegularExpressions;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Checks what targets require, before anything runs.</summary>
internal static partial class Requirements
{
    /// <exception cref="UsageException">Names every requirement that is not met.</exception>
    public static void Check(NukeBuild build, ParameterCatalog catalog)
    {
        var problems = new Problems();
        foreach (var target in build.ScheduledTargets)
        {
            foreach (var requirement in target.Definition.Requirements)
                Check(target.Name, requirement, catalog, problems);
        }

        foreach (var parameter in catalog.Declared.Where(parameter => parameter.IsRequired && IsEmpty(parameter.ReadFrom(build))))
            problems.Add($"Every target requires a value for {HowToGive(parameter)}.");
        problems.ThrowIfAny();
    }

    private static void Check(string target, LambdaExpression requirement, ParameterCatalog catalog, Problems problems)
    {
        var value = requirement.Compile(preferInterpretation: true).DynamicInvoke();
        if (value is false && requirement.ReturnType == typeof(bool))
            problems.Add($"Target '{target}' requires '{Owner().Replace(requirement.Body.ToString(), "")}'.");
        else if (IsEmpty(value))
            problems.Add($"Target '{target}' requires a value for {Describe(requirement, catalog)}.");
    }

    private static bool IsEmpty(object? value) => value switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        ICollection items => items.Count == 0,
        _ => false,
    };

    private static string Describe(LambdaExpression requirement, ParameterCatalog catalog)
    {
        MemberInfo? member = (requirement.Body as MemberExpression)?.Member;
        var parameter = catalog.Declared.FirstOrDefault(candidate => candidate.Member?.Name == member?.Name);
        return parameter is null ? $"'{member?.Name ?? requirement.Body.ToString()}'" : HowToGive(parameter);
    }

    private static string HowToGive(Parameter parameter)
        => $"{parameter.Option}: give {parameter.Option} <value>, set NUKE_{parameter.EnvironmentName},"
           + $" or write \"{parameter.Name}\" into .nuke/parameters.json";

    // An expression prints its build object as value(Namespace.Build).
    [GeneratedRegex(@"value\([^()]*\)\.")]
    private static partial Regex Owner();
}
