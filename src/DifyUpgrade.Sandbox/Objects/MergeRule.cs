namespace DifyUpgrade.Sandbox.Objects;

/// <summary>
/// How a list or map is merged and who owns its parts: the tags <c>patchStrategy</c>, <c>patchMergeKey</c>,
/// <c>listType</c>, <c>listMapKey</c> and <c>mapType</c> of the Kubernetes API types.
/// </summary>
/// <param name="PatchKey">The field by which a strategic merge finds an item; null where the patch replaces the list, or adds values to it.</param>
/// <param name="Keys">The fields by which server-side apply tells items apart; empty where the list has one owner as a whole.</param>
internal sealed record MergeRule(string? PatchKey, IReadOnlyList<string> Keys)
{
    /// <summary>Replaced as a whole by a patch, owned as a whole.</summary>
    public static readonly MergeRule Whole = new(null, []);

    /// <summary>Values of a strategic merge patch are added to the list.</summary>
    public bool PatchAdds { get; init; }

    /// <summary>Values are owned one by one.</summary>
    public bool IsSet { get; init; }

    /// <summary>A map that has one owner as a whole.</summary>
    public bool IsAtomicMap { get; init; }

    /// <summary>A struct that a strategic merge patch replaces.</summary>
    public bool PatchReplaces { get; init; }

    /// <summary>The fields differ in kind from the same fields elsewhere: parts have owners of their own though the type says otherwise.</summary>
    public bool IsGranular { get; init; }

    /// <summary>The same field both for patches and for ownership.</summary>
    public static MergeRule By(string key) => new(key, [key]);
}
