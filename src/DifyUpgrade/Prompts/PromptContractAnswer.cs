namespace DifyUpgrade.Prompts;

/// <summary>How well the imports of a version are known.</summary>
internal enum PromptKnowledge
{
    /// <summary>This very version was looked at.</summary>
    Exact,

    /// <summary>It was not; the nearest older one stands in for it.</summary>
    NearestOlder,

    /// <summary>It is older than every version that was looked at.</summary>
    OlderThanKnown,

    /// <summary>The tag names no version.</summary>
    NoVersion,

    /// <summary>The image itself was asked.</summary>
    Image,
}

/// <summary>What a Dify version imports from its prompts file, and how that is known.</summary>
internal sealed record PromptContractAnswer
{
    /// <summary>The tag that was asked about.</summary>
    public required DifyTag Tag { get; init; }

    /// <summary>How well the answer is known.</summary>
    public required PromptKnowledge Knowledge { get; init; }

    /// <summary>The version whose imports these are; null when there are none.</summary>
    public string? UsedVersion { get; init; }

    /// <summary>Where the facts come from; null when there are none.</summary>
    public string? Source { get; init; }

    /// <summary>Imported at start, by <see cref="UsedVersion"/>.</summary>
    public IReadOnlyList<PromptImport> Required { get; init; } = [];

    /// <summary>Imported within a request, by <see cref="UsedVersion"/>.</summary>
    public IReadOnlyList<PromptImport> Lazy { get; init; } = [];

    /// <summary>The fields that <see cref="UsedVersion"/> fills in.</summary>
    public IReadOnlyList<PromptPlaceholders> Placeholders { get; init; } = [];

    /// <summary>Imported by the next known version only; a version between the two may import them already.</summary>
    public IReadOnlyList<PromptImport> Possible { get; init; } = [];

    /// <summary>Whether the known versions on both sides import the same, so that one between them surely does.</summary>
    public bool IsSettled { get; init; }
}
