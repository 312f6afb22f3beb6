using System.Globalization;
using DifyUpgrade.Cluster;

namespace DifyUpgrade.Releases.Snapshots;

/// <summary>
/// The contents that the ConfigMap has had. Helm's history knows nothing of a ConfigMap outside the release, so each
/// content is kept beside it, with the revisions it belongs to, and a rollback brings it back.
/// </summary>
/// <param name="access">The release.</param>
internal sealed class PromptSnapshots(ReleaseAccess access)
{
    private const int LongestLabel = 63;
    private const string ConfigMapLabel = "dify-upgrade/prompts-of";
    private const string NumberLabel = "dify-upgrade/prompts-revision";
    private const string HashAnnotation = "dify-upgrade/sha256";
    private const string UsedByAnnotation = "dify-upgrade/used-by-revisions";
    private const string ProvenForAnnotation = "dify-upgrade/proven-for-revisions";
    private const string KeptAtAnnotation = "dify-upgrade/kept-at";

    private string Selector => $"{ReleaseLabel.Name}={access.Parameters.Release},{ConfigMapLabel}={ConfigMapValue}";

    private string ConfigMapValue => access.Parameters.ConfigMapName is { Length: <= LongestLabel } name ? name : ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(access.Parameters.ConfigMapName))[..LongestLabel];

    /// <summary>All snapshots of the release's ConfigMap.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The snapshots, oldest first.</returns>
    public async Task<IReadOnlyList<PromptSnapshot>> ListAsync(CancellationToken cancellation) =>
        [.. (await access.Cluster.ConfigMaps.ListAsync(access.Namespace, Selector, cancellation)).Select(Read).Where(snapshot => snapshot.Number > 0).OrderBy(snapshot => snapshot.Number)];

    /// <summary>Keeps a content as that of a revision, and drops what was used longest ago beyond the bound. A content is kept once.</summary>
    /// <param name="revision">The revision that is in the cluster with it; null when there is none.</param>
    /// <param name="files">The content.</param>
    /// <param name="proven">Whether every pod of that revision was proven to serve it.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>When kept.</returns>
    public async Task KeepAsync(int? revision, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, bool proven, CancellationToken cancellation)
    {
        var kept = await ListAsync(cancellation);
        var hash = PromptSnapshot.HashOf(files);
        var found = kept.LastOrDefault(snapshot => snapshot.IsIntact && PromptSnapshot.HashOf(snapshot.Files) == hash);
        var snapshot = found ?? New(files, kept.Count > 0 ? kept[^1].Number + 1 : 1);
        if (revision is { } used)
            snapshot = snapshot with { UsedBy = With(snapshot.UsedBy, used), ProvenFor = proven ? With(snapshot.ProvenFor, used) : snapshot.ProvenFor };
        if (found is null || !snapshot.UsedBy.SequenceEqual(found.UsedBy) || !snapshot.ProvenFor.SequenceEqual(found.ProvenFor))
            await WriteAsync(snapshot, cancellation);

        // A revision is proven with one content: the last one. To write an edited one would pass what it holds now off as kept.
        var others = kept.Where(other => other.Number != snapshot.Number).ToDictionary(other => other.Number);
        foreach (var other in others.Values.Where(other => proven && other.IsIntact && revision is not null && other.ProvenFor.Contains(revision.Value)).ToList())
            await WriteAsync(others[other.Number] = other with { ProvenFor = [.. other.ProvenFor.Where(number => number != revision)] }, cancellation);
        foreach (var old in found is null ? PromptSnapshot.BeyondBound([.. others.Values]) : [])
            await access.Cluster.ConfigMaps.DeleteAsync(access.Namespace, NameOf(old.Number), cancellation);
    }

    private async Task WriteAsync(PromptSnapshot snapshot, CancellationToken cancellation)
    {
        await access.BeginChangeAsync(cancellation);
        await access.Cluster.ConfigMaps.ApplyAsync(
            new ConfigMapWish
            {
                Namespace = access.Namespace,
                Name = NameOf(snapshot.Number),
                Files = snapshot.Files,
                Labels = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [ReleaseLabel.Name] = access.Parameters.Release,
                    [ConfigMapLabel] = ConfigMapValue,
                    [NumberLabel] = snapshot.Number.ToString(CultureInfo.InvariantCulture),
                },
                Annotations = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [HashAnnotation] = PromptSnapshot.HashOf(snapshot.Files),
                    [UsedByAnnotation] = string.Join(',', snapshot.UsedBy),
                    [ProvenForAnnotation] = string.Join(',', snapshot.ProvenFor),
                    [KeptAtAnnotation] = snapshot.KeptAt?.ToString("O", CultureInfo.InvariantCulture) ?? "",
                },
            },
            dryRun: false,
            cancellation);
    }

    private PromptSnapshot New(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, int number) => new()
    {
        Number = number,
        KeptAt = access.Time.GetUtcNow(),
        Sha256 = HashesOf(files),
        UsedBy = [],
        ProvenFor = [],
        IsIntact = true,
        Files = files,
    };

    private string NameOf(int number) => $"{access.Parameters.ConfigMapName}.{access.Parameters.Release}.p{number}";

    private static PromptSnapshot Read(ConfigMapContent map) => new()
    {
        Number = NumbersIn(map.Labels.GetValueOrDefault(NumberLabel)) is [var number, ..] ? number : 0,
        KeptAt = DateTimeOffset.TryParse(map.Annotations.GetValueOrDefault(KeptAtAnnotation), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null,
        Sha256 = HashesOf(map.Files),
        UsedBy = NumbersIn(map.Annotations.GetValueOrDefault(UsedByAnnotation)),
        ProvenFor = NumbersIn(map.Annotations.GetValueOrDefault(ProvenForAnnotation)),
        IsIntact = map.Annotations.GetValueOrDefault(HashAnnotation) == PromptSnapshot.HashOf(map.Files),
        Files = map.Files,
    };

    private static Dictionary<string, string> HashesOf(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) =>
        files.ToDictionary(file => file.Key, file => ContentHash.Of(file.Value.Span), StringComparer.Ordinal);

    private static IReadOnlyList<int> NumbersIn(string? text) =>
        [.. (text ?? "").Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(number => number > 0)];

    private static IReadOnlyList<int> With(IReadOnlyList<int> revisions, int revision) => [.. revisions.Append(revision).Distinct().Order()];
}
