namespace Nuke.Common.ValueInjection;

/// <summary>
/// Finds each parameter's value: command line, then environment, then profiles (the last named first), then parameters.json.
/// </summary>
internal sealed class ParameterValues(Session session, ParameterCatalog catalog, CommandLine line, Problems problems)
{
    private readonly List<IReadOnlyDictionary<Parameter, RawValue>> _files = [];
    private readonly List<(string Name, string Value, string Key)> _environment =
        [.. session.Environment.Where(pair => pair.Value.Length > 0).Select(pair => (pair.Key, pair.Value, NearestName.Key(pair.Key)))];

    /// <summary>Reads the parameter files, which needs <see cref="Session.RootDirectory"/>.</summary>
    public void LoadFiles(bool hasRoot)
    {
        var profiles = Read<string[]>(catalog.Profile) ?? [];
        if (!hasRoot)
            return;

        var reader = new ParameterFile(session.RootDirectory, catalog, problems);
        _files.AddRange(profiles.Reverse().Select(reader.ReadProfile));
        _files.Add(reader.ReadShared());
    }

    /// <summary>Reads one of the engine's own parameters.</summary>
    public T? Read<T>(Parameter parameter) => Find(parameter) is { } raw && Convert(parameter, raw) is T value ? value : default;

    /// <summary>Sets the members of a build that have a value from outside, and learns its secrets.</summary>
    public void InjectInto(NukeBuild build)
    {
        foreach (var parameter in catalog.Declared)
        {
            if (Find(parameter) is { } raw && Convert(parameter, raw) is { } value)
                parameter.WriteTo(build, value);
            if (parameter.IsSecret)
                session.Secrets.Add(parameter.ReadFrom(build));
        }
    }

    private RawValue? Find(Parameter parameter)
    {
        var raw = line.Values.TryGetValue(parameter, out var texts)
            ? new RawValue(Split(parameter, texts), "on the command line", session.WorkingDirectory)
            : FindInEnvironment(parameter) ?? _files.Select(file => file.GetValueOrDefault(parameter)).FirstOrDefault(value => value is not null);
        if (parameter.IsSecret && raw is not null)
            session.Secrets.Add(raw.Texts);
        return raw;
    }

    // HOST or PROFILE may mean anything in an environment: the engine's own parameters need the prefix.
    private RawValue? FindInEnvironment(Parameter parameter)
    {
        var key = NearestName.Key(parameter.Name);
        var candidates = _environment
            .Select(variable => (variable.Name, variable.Value, Rank: Rank(variable.Name, variable.Key)))
            .Where(variable => variable.Rank > 0)
            .OrderBy(variable => variable.Rank)
            .ToList();
        if (candidates.Count == 0)
            return null;

        var best = candidates[0];
        var rival = candidates.FirstOrDefault(other => other.Rank == best.Rank && other.Value != best.Value);
        if (rival.Name is not null)
            problems.Add($"The environment variables {best.Name} and {rival.Name} both set {parameter.Option}, and differ.");
        return new RawValue(Split(parameter, [best.Value]), $"in the environment variable {best.Name}", session.WorkingDirectory);

        int Rank(string name, string normalised)
            => parameter.Member is not null && name == parameter.Name ? 1
                : normalised == "nuke" + key ? 2
                : parameter.Member is not null && normalised == key ? 3
                : 0;
    }

    private static IReadOnlyList<string> Split(Parameter parameter, IReadOnlyList<string> texts)
        => parameter is { Arity: Arity.Many, Separator: { } separator }
            ? [.. texts.SelectMany(text => text.Split(separator, StringSplitOptions.RemoveEmptyEntries))]
            : texts;

    private object? Convert(Parameter parameter, RawValue raw)
    {
        var value = ValueConversion.Convert(parameter, raw, out var wrong);
        if (wrong is not null)
        {
            var text = parameter.IsSecret ? Reporting.SecretMask.Mark : wrong;
            problems.Add($"{parameter.Option} is '{text}' {raw.Origin}, but must be {ValueConversion.Describe(parameter.ElementType)}.");
        }

        return value;
    }
}
