using System.Globalization;
using DifyUpgrade.Cluster;

namespace DifyUpgrade.Releases;

/// <summary>
/// The prompts that each revision was deployed with. Helm's history knows nothing of a ConfigMap outside the release,
/// so each revision's content is kept beside it, and a rollback brings it back.
/// </summary>
/// <param name="access">The release.</param>
internal sealed class PromptSnapshots(ReleaseAccess access)
{
    private const int Most = 10;
    private const string ReleaseLabel = "dify-upgrade/release";
    private const string ConfigMapLabel = "dify-upgrade/prompts-of";
    private const string RevisionLabel = "dify-upgrade/revision";

    private string Selector => $"{ReleaseLabel}={access.Parameters.Release},{ConfigMapLabel}={access.Parameters.ConfigMapName}";

    /// <summary>The content that a revision was deployed with.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The snapshot; null when none was kept.</returns>
    public async Task<ConfigMapContent?> FindAsync(int revision, CancellationToken cancellation) =>
        await access.Cluster.ConfigMaps.ReadAsync(access.Namespace, NameOf(revision), cancellation) is { } found && RevisionOf(found) == revision
            ? found
            : null;

    /// <summary>All snapshots of the release.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The snapshots by revision.</returns>
    public async Task<IReadOnlyDictionary<int, ConfigMapContent>> ListAsync(CancellationToken cancellation) =>
        (await access.Cluster.ConfigMaps.ListAsync(access.Namespace, Selector, cancellation))
            .Where(snapshot => RevisionOf(snapshot) > 0)
            .DistinctBy(RevisionOf)
            .ToDictionary(RevisionOf);

    /// <summary>Keeps what the ConfigMap holds now as a revision's prompts, and drops the oldest beyond the bound.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="files">The content.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>When kept.</returns>
    public async Task KeepAsync(int revision, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, CancellationToken cancellation)
    {
        var wish = new ConfigMapWish
        {
            Namespace = access.Namespace,
            Name = NameOf(revision),
            Files = files,
            Labels = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ReleaseLabel] = access.Parameters.Release,
                [ConfigMapLabel] = access.Parameters.ConfigMapName,
                [RevisionLabel] = revision.ToString(CultureInfo.InvariantCulture),
            },
        };
        await access.BeginChangeAsync(cancellation);
        await access.Cluster.ConfigMaps.ApplyAsync(wish, dryRun: false, cancellation);

        var kept = await ListAsync(cancellation);
        foreach (var old in kept.Keys.OrderDescending().Skip(Most))
            await access.Cluster.ConfigMaps.DeleteAsync(access.Namespace, kept[old].Name, cancellation);
    }

    private string NameOf(int revision) => $"{access.Parameters.ConfigMapName}.{access.Parameters.Release}.v{revision}";

    private static int RevisionOf(ConfigMapContent snapshot) =>
        int.TryParse(snapshot.Labels.GetValueOrDefault(RevisionLabel), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;
}
