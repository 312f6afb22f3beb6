using System.Text;
using System.Text.Json.Serialization;

namespace DifyUpgrade.Releases.Snapshots;

/// <summary>One content that the ConfigMap has had, and which revisions of the release it belongs to.</summary>
internal sealed record PromptSnapshot
{
    private const int Most = 10;
    private const int ShownDigits = 12;

    // The current good revision, and the one that a rollback goes back to.
    private const int RevisionsToReturnTo = 2;

    /// <summary>Its number; a later one is higher.</summary>
    public required int Number { get; init; }

    /// <summary>When it was first kept; null when its note of that cannot be read.</summary>
    public required DateTimeOffset? KeptAt { get; init; }

    /// <summary>SHA-256 of each key's content, in hex.</summary>
    public required IReadOnlyDictionary<string, string> Sha256 { get; init; }

    /// <summary>The revisions that were in the cluster with it, whatever became of them.</summary>
    public required IReadOnlyList<int> UsedBy { get; init; }

    /// <summary>The revisions of which every pod was proven to serve it.</summary>
    public required IReadOnlyList<int> ProvenFor { get; init; }

    /// <summary>Whether it still holds what was kept; an edited one is never restored by itself.</summary>
    public required bool IsIntact { get; init; }

    /// <summary>The content by key. Not required: a serializer refuses a property that must be there and may not be written.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>The content in a few characters, for people: <c>prompts.py 3834bfe0aa6a…</c>.</summary>
    [JsonIgnore]
    public string Shown => Sha256.Count == 0 ? "no file" : string.Join(", ", Sha256.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key} {file.Value[..ShownDigits]}…"));

    /// <summary>One hash for all keys and their content.</summary>
    /// <param name="files">The content by key.</param>
    public static string HashOf(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) => ContentHash.Of(Encoding.UTF8.GetBytes(string.Concat(
        files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{ContentHash.Of(file.Value.Span)}  {file.Key}\n"))));

    /// <summary>The one that a revision was proven with; where it never was, the last one it was in the cluster with.</summary>
    /// <param name="snapshots">All there are.</param>
    /// <param name="revision">The revision.</param>
    /// <returns>The snapshot; null when none was kept, or only an edited one.</returns>
    public static PromptSnapshot? Of(IReadOnlyList<PromptSnapshot> snapshots, int revision)
    {
        var intact = snapshots.Where(snapshot => snapshot.IsIntact).OrderBy(snapshot => snapshot.Number).ToList();
        return intact.FindLast(snapshot => snapshot.ProvenFor.Contains(revision)) ?? intact.FindLast(snapshot => snapshot.UsedBy.Contains(revision));
    }

    /// <summary>The one that would belong to a revision, had nobody edited it: what it holds now was never proven.</summary>
    /// <param name="snapshots">All there are.</param>
    /// <param name="revision">The revision.</param>
    /// <returns>The snapshot; null when an intact one serves.</returns>
    public static PromptSnapshot? EditedOf(IReadOnlyList<PromptSnapshot> snapshots, int revision)
    {
        var edited = snapshots.Where(snapshot => !snapshot.IsIntact).OrderBy(snapshot => snapshot.Number).ToList();
        return Of(snapshots, revision) switch
        {
            { } intact when intact.ProvenFor.Contains(revision) => null,
            { } => edited.FindLast(snapshot => snapshot.ProvenFor.Contains(revision)),
            null => edited.FindLast(snapshot => snapshot.ProvenFor.Contains(revision) || snapshot.UsedBy.Contains(revision)),
        };
    }

    /// <summary>Those that make room for a new one: what was used longest ago goes first, what a rollback may need never.</summary>
    /// <param name="kept">All there are without the new one.</param>
    /// <returns>Those to drop.</returns>
    public static IEnumerable<PromptSnapshot> BeyondBound(IReadOnlyList<PromptSnapshot> kept)
    {
        var needed = kept.SelectMany(snapshot => snapshot.ProvenFor).Distinct().OrderDescending().Take(RevisionsToReturnTo).Select(revision => Of(kept, revision)?.Number).ToHashSet();
        return kept
            .OrderByDescending(snapshot => needed.Contains(snapshot.Number))
            .ThenByDescending(snapshot => snapshot.UsedBy.DefaultIfEmpty().Max())
            .ThenByDescending(snapshot => snapshot.Number)
            .Skip(Most - 1);
    }
}
