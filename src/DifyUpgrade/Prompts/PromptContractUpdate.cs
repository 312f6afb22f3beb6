namespace DifyUpgrade.Prompts;

/// <summary>Takes what one version imports into the list of all versions.</summary>
internal static class PromptContractUpdate
{
    /// <summary>Adds a version, or replaces what is known of it. Every other version keeps what it had.</summary>
    /// <param name="file">The list.</param>
    /// <param name="version">The version.</param>
    /// <param name="module">What its code imports.</param>
    /// <param name="source">Where that was read, for the list.</param>
    /// <returns>The new list.</returns>
    public static PromptContractFile Add(PromptContractFile file, string version, ProbedModule module, string source)
    {
        var known = new PromptContract(file);
        List<string> versions = [.. file.Versions.Append(version).Distinct(StringComparer.Ordinal).OrderBy(RankOf)];
        var answer = module.AnswerFor(version);
        IReadOnlyList<PromptImport> imports = [.. answer.Required.Concat(answer.Lazy).Select(import => AsKnown(file, import, module))];

        return file with
        {
            Versions = versions,
            Sources = Sources(file, versions, version, source),
            Imports =
            [
                .. Spans(
                    versions,
                    file.Imports.Concat(imports).Select(KeyOf),
                    at => (at == version ? imports : [.. known.For(at).Required, .. known.For(at).Lazy]).Select(KeyOf))
                .Select(span => new PromptImport { Name = span.Key.Name, Since = span.Since, Until = span.Until, Importer = span.Key.Importer, Endpoint = span.Key.Endpoint }),
            ],
            Placeholders =
            [
                .. Spans(
                    versions,
                    file.Placeholders.Concat(answer.Placeholders).Select(KeyOf),
                    at => (at == version ? answer : known.For(at)).Placeholders.Select(KeyOf))
                .Select(span => new PromptPlaceholders { Name = span.Key.Name, Since = span.Since, Until = span.Until, Fields = span.Key.Fields.Split(' ') }),
            ],
            SeenInForksOnly = [.. file.SeenInForksOnly.Except(imports.Select(import => import.Name))],
        };
    }

    private static long RankOf(string version) =>
        DifyTag.Parse(version).Version?.Rank ?? throw new ArgumentException($"{version} is no version", nameof(version));

    private static (string Name, string Importer, string? Endpoint) KeyOf(PromptImport import) => (import.Name, import.Importer, import.Endpoint);

    private static (string Name, string Fields) KeyOf(PromptPlaceholders placeholders) => (placeholders.Name, string.Join(' ', placeholders.Fields));

    // A name that several files import is listed with the one it was listed with before, and a request with the words it had.
    private static PromptImport AsKnown(PromptContractFile file, PromptImport import, ProbedModule module)
    {
        var before = file.Imports.LastOrDefault(known => known.Name == import.Name && known.IsAtStart == import.IsAtStart);
        return before is not null && module.Imports.Any(one => one.Name == import.Name && one.File == before.Importer && one.Endpoint is null == before.IsAtStart)
            ? before
            : import;
    }

    /// <summary>From and to which version each key holds, in the keys' order.</summary>
    private static IEnumerable<(TKey Key, string Since, string? Until)> Spans<TKey>(
        List<string> versions, IEnumerable<TKey> keys, Func<string, IEnumerable<TKey>> keysAt)
    {
        List<HashSet<TKey>> present = [.. versions.Select(version => keysAt(version).ToHashSet())];
        foreach (var key in keys.Distinct())
        {
            for (var start = 0; start < versions.Count; start++)
            {
                if (!present[start].Contains(key))
                    continue;
                var end = start;
                while (end < versions.Count && present[end].Contains(key))
                    end++;
                yield return (key, versions[start], end < versions.Count ? versions[end] : null);
                start = end;
            }
        }
    }

    // A source holds from its version on, so the version after the new one must say again where it comes from.
    private static List<PromptContractSource> Sources(PromptContractFile file, List<string> versions, string version, string source)
    {
        List<PromptContractSource> sources = [.. file.Sources.Where(one => one.Since != version)];
        var next = versions.SkipWhile(one => one != version).Skip(1).FirstOrDefault();
        if (next is not null && !sources.Exists(one => one.Since == next) && sources.LastOrDefault(one => RankOf(one.Since) < RankOf(next)) is { } before)
            sources.Add(before with { Since = next });
        sources.Add(new PromptContractSource(version, source));
        return [.. sources.OrderBy(one => RankOf(one.Since))];
    }
}
