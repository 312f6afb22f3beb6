namespace DifyUpgrade.Prompts;

/// <summary>Which names each Dify version imports from its prompts file.</summary>
internal sealed class PromptContract
{
    private static readonly Lazy<PromptContract> ShippedOnce = new(() => new PromptContract(PromptContractFile.ReadEmbedded()));

    private readonly PromptContractFile _file;
    private readonly IReadOnlyList<(string Text, DifyVersion Version)> _versions;

    /// <summary>Takes the facts in.</summary>
    /// <param name="file">The facts.</param>
    public PromptContract(PromptContractFile file)
    {
        _file = file;
        _versions = [.. file.Versions.Select(text => (text, Known(text))).OrderBy(version => version.Item2.Rank)];
        KnownNames = file.Imports.Select(import => import.Name).Concat(file.SeenInForksOnly).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The facts that this program ships with.</summary>
    public static PromptContract Shipped => ShippedOnce.Value;

    /// <summary>Every name that any version imports.</summary>
    public IReadOnlySet<string> KnownNames { get; }

    /// <summary>The oldest version that was looked at.</summary>
    public string Oldest => _versions[0].Text;

    /// <summary>The latest version that was looked at.</summary>
    public string Latest => _versions[^1].Text;

    /// <summary>Says what a version imports.</summary>
    /// <param name="tag">An image tag; any text will do.</param>
    /// <returns>The answer, and how well it is known.</returns>
    public PromptContractAnswer For(string tag)
    {
        var asked = DifyTag.Parse(tag);
        if (asked.Version is not { } version)
            return new PromptContractAnswer { Tag = asked, Knowledge = PromptKnowledge.NoVersion };
        if (version.Rank < _versions[0].Version.Rank)
            return new PromptContractAnswer { Tag = asked, Knowledge = PromptKnowledge.OlderThanKnown };

        var index = _versions.Count - 1;
        while (_versions[index].Version.Rank > version.Rank)
            index--;
        return Answer(asked, version, index);
    }

    /// <summary>The newest known version before the one that a tag names.</summary>
    /// <param name="tag">An image tag; any text will do.</param>
    /// <returns>Null where the tag names no version, or none before it is known.</returns>
    public string? VersionBefore(string tag) => DifyTag.Parse(tag).Version is { } version
        ? _versions.LastOrDefault(known => known.Version.Rank < version.Rank).Text
        : null;

    private static DifyVersion Known(string text) =>
        DifyTag.Parse(text).Version ?? throw new InvalidOperationException($"prompt-contract.json names {text}, which is no version.");

    private PromptContractAnswer Answer(DifyTag asked, DifyVersion version, int index)
    {
        var used = _versions[index];
        var isExact = used.Version == version;
        var imports = ImportsAt(used.Version);
        IReadOnlyList<PromptImport> next = !isExact && index + 1 < _versions.Count ? ImportsAt(_versions[index + 1].Version) : [];
        return new PromptContractAnswer
        {
            Tag = asked,
            Knowledge = isExact ? PromptKnowledge.Exact : PromptKnowledge.NearestOlder,
            UsedVersion = used.Text,
            Source = _file.Sources.Last(source => Known(source.Since).Rank <= used.Version.Rank).Text,
            Required = [.. imports.Where(import => import.IsAtStart)],
            Lazy = [.. imports.Where(import => !import.IsAtStart)],

            Placeholders = [.. _file.Placeholders.Where(fields => Holds(fields.Since, fields.Until, used.Version))],

            // A fix of a known release is built from that release, not from the next.
            Possible = version.IsFixOf(used.Version) ? [] : [.. next.Except(imports)],
            IsSettled = isExact || version.IsFixOf(used.Version) || next.ToHashSet().SetEquals(imports),
        };
    }

    private IReadOnlyList<PromptImport> ImportsAt(DifyVersion version) =>
        [.. _file.Imports.Where(import => Holds(import.Since, import.Until, version))];

    private static bool Holds(string since, string? until, DifyVersion version) =>
        Known(since).Rank <= version.Rank && (until is null || version.Rank < Known(until).Rank);
}
