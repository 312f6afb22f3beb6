namespace Nuke.Common.Reporting;

/// <summary>What <c>--help</c> shows.</summary>
internal sealed class HelpText(NukeBuild build, IReadOnlyList<ExecutableTarget> targets, ParameterCatalog catalog)
{
    private const int LineWidth = 100;

    private readonly StringBuilder _text = new();
    private readonly int _nameWidth = catalog.Declared.Concat(catalog.BuiltIn)
        .Where(parameter => parameter.IsListed)
        .Max(parameter => parameter.Option.Length) + 3;

    public override string ToString()
    {
        _text.Clear().AppendLine("Usage: ./build.sh [targets...] [--parameter value...]").AppendLine();
        _text.AppendLine("Targets (with what they depend on):").AppendLine();
        var width = Math.Max(20, targets.Max(target => Title(target).Length));
        foreach (var target in targets.Where(target => target.Listed))
            Append(target, width);

        Append("Parameters", catalog.Declared);
        Append("Parameters of every build", catalog.BuiltIn);
        return _text.ToString();
    }

    private static string Title(ExecutableTarget target) => target.Name + (target.IsDefault ? " (default)" : "");

    private void Append(ExecutableTarget target, int width)
    {
        var dependencies = string.Join(", ", target.ExecutionDependencies.Select(dependency => dependency.Name));
        _text.AppendLine($"  {Title(target).PadRight(width)}{(dependencies.Length > 0 ? " -> " + dependencies : "")}".TrimEnd());
        if (!string.IsNullOrWhiteSpace(target.Description))
            AppendWrapped("      ", target.Description);
    }

    private void Append(string heading, IEnumerable<Parameter> parameters)
    {
        var listed = parameters.Where(parameter => parameter.IsListed).ToList();
        if (listed.Count == 0)
            return;

        _text.AppendLine().AppendLine(heading + ":").AppendLine();
        foreach (var parameter in listed)
        {
            _text.Append("  ").Append(parameter.Option.PadRight(_nameWidth));
            var start = _text.Length;
            AppendWrapped(new string(' ', _nameWidth + 2), Describe(parameter));
            _text.Remove(start, _nameWidth + 2);
        }
    }

    private string Describe(Parameter parameter)
    {
        var description = parameter.Description is { Length: > 0 } text ? text.TrimEnd('.') + "." : "No description.";
        if (parameter.Member is not null && parameter.ElementType.IsEnum)
            description += $" One of {string.Join(", ", Enum.GetNames(parameter.ElementType))}.";
        var value = parameter.Member is null || parameter.IsSecret ? "" : ValueText.Of(parameter.ReadFrom(build));
        return value.Length > 0 ? $"{description} Default: {value}" : description;
    }

    private void AppendWrapped(string indent, string text)
    {
        var line = new StringBuilder(indent);
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + word.Length > LineWidth && line.Length > indent.Length)
            {
                _text.AppendLine(line.ToString().TrimEnd());
                line.Clear().Append(indent);
            }

            line.Append(word).Append(' ');
        }

        _text.AppendLine(line.ToString().TrimEnd());
    }
}
