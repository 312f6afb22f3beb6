namespace DifyUpgrade.Inspection;

/// <summary>How the ConfigMap in the cluster stands to the prompt files, key by key.</summary>
/// <param name="Exists">Whether there is a ConfigMap at all.</param>
/// <param name="Added">Keys that only the prompt files have.</param>
/// <param name="Changed">Keys whose content differs.</param>
/// <param name="Removed">Keys that only the cluster has.</param>
internal sealed record ConfigMapComparison(bool Exists, IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Removed)
{
    /// <summary>Whether the cluster has exactly what the prompt files say.</summary>
    public bool IsEqual => Exists && Added.Count + Changed.Count + Removed.Count == 0;

    /// <summary>What differs, in words.</summary>
    public string Differences => string.Join("; ", new[] { ("missing in the cluster", Added), ("different", Changed), ("only in the cluster", Removed) }
        .Where(part => part.Item2.Count > 0)
        .Select(part => $"{part.Item1}: {string.Join(", ", part.Item2)}"));

    /// <summary>Compares.</summary>
    /// <param name="wanted">What the prompt files say, by key.</param>
    /// <param name="seen">What the cluster has, by key; null when there is no ConfigMap.</param>
    /// <returns>The comparison.</returns>
    internal static ConfigMapComparison Of(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> wanted,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? seen)
    {
        var have = seen ?? new Dictionary<string, ReadOnlyMemory<byte>>();
        return new ConfigMapComparison(
            seen is not null,
            Sorted(wanted.Keys.Except(have.Keys, StringComparer.Ordinal)),
            Sorted(wanted.Keys.Where(key => have.TryGetValue(key, out var content) && !content.Span.SequenceEqual(wanted[key].Span))),
            Sorted(have.Keys.Except(wanted.Keys, StringComparer.Ordinal)));
    }

    private static List<string> Sorted(IEnumerable<string> keys) => [.. keys.Order(StringComparer.Ordinal)];
}
