namespace Nuke.Common.Execution;

/// <summary>Answers a shell that wants to know what can follow on the command line: <c>:complete "&lt;line up to the cursor&gt;"</c>.</summary>
internal sealed class Completion(ParameterCatalog catalog, IReadOnlyList<string> targets, IReadOnlyList<string> profiles)
{
    public const string Command = ":complete";

    public static int Write(NukeBuild build, Session session, IReadOnlyList<string> words)
    {
        var targets = TargetGraph.Create(build, []).Where(target => target.Listed).Select(target => target.Name);
        var profiles = session.FindRoot() is { } root ? ParameterFile.Profiles(root) : [];
        var completion = new Completion(ParameterCatalog.For(build.GetType()), [.. targets], profiles);
        foreach (var item in completion.Complete(string.Join(' ', words)))
            Console.Out.WriteLine(item);
        return 0;
    }

    /// <summary>What the last word of a line can become, in the letters that were typed.</summary>
    /// <param name="line">The command and its arguments; a space at its end begins a new word.</param>
    public IEnumerable<string> Complete(string line)
    {
        var words = line.Split(' ');
        var current = words[^1];
        return Candidates([.. words[1..^1].Where(word => word.Length > 0)], current)
            .Where(candidate => candidate.StartsWith(current, StringComparison.OrdinalIgnoreCase))
            .Select(candidate => current + candidate[current.Length..]);
    }

    private IEnumerable<string> Candidates(List<string> before, string current)
    {
        if (current.Split('=') is [['-', ..] name, _])
            return catalog.Find(name) is { } inline ? Values(inline).Select(value => $"{name}={value}") : [];

        var last = before.FindLastIndex(IsName);
        var given = before[(last + 1)..];
        var parameter = last < 0 ? null : catalog.Find(before[last]);
        var values = (last < 0 ? targets : parameter is null || before[last].Contains('=', StringComparison.Ordinal) ? [] : Values(parameter))
            .Except(given, StringComparer.OrdinalIgnoreCase);
        if (IsName(current + "-"))
            return parameter?.Arity == Arity.One && given.Count == 0 ? [] : Options(before);

        return (parameter?.Arity, given.Count) switch
        {
            (null, _) when last >= 0 => [],
            (Arity.One or Arity.Many, 0) => values,
            (Arity.One, _) => targets.Concat(Options(before)),
            (Arity.Flag, 0) => values.Concat(targets).Concat(Options(before)),
            _ => values.Concat(Options(before)),
        };
    }

    private static bool IsName(string word) => word is ['-', _, ..];

    private IEnumerable<string> Options(List<string> before)
    {
        var given = before.Where(IsName).Select(word => catalog.Find(word.Split('=')[0])).ToHashSet();
        return catalog.Declared.Concat(catalog.BuiltIn)
            .Where(parameter => parameter.IsListed && !given.Contains(parameter))
            .Select(parameter => parameter.Option);
    }

    private IEnumerable<string> Values(Parameter parameter)
        => parameter == catalog.Target || parameter == catalog.Skip ? targets
            : parameter == catalog.Profile ? profiles
            : parameter == catalog.Host ? Host.Names
            : parameter.ElementType.IsEnum ? Enum.GetNames(parameter.ElementType)
            : parameter.Arity == Arity.Flag ? ["true", "false"]
            : [];
}
