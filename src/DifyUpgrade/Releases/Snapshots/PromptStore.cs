using DifyUpgrade.Cluster;

namespace DifyUpgrade.Releases.Snapshots;

/// <summary>The ConfigMap that holds the prompts: every write keeps what was there before.</summary>
/// <param name="access">The release.</param>
internal sealed class PromptStore(ReleaseAccess access)
{
    /// <summary>The contents it has had.</summary>
    public PromptSnapshots Snapshots { get; } = new(access);

    /// <summary>What the ConfigMap holds now.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The content; null when there is no ConfigMap.</returns>
    public Task<ConfigMapContent?> ReadAsync(CancellationToken cancellation) =>
        access.Cluster.ConfigMaps.ReadAsync(access.Namespace, access.Parameters.ConfigMapName, cancellation);

    /// <summary>Writes new content; what was there before is kept first.</summary>
    /// <param name="files">The new content, by key; keys not in it go away.</param>
    /// <param name="currentRevision">The revision that is in the cluster with the old content; null when there is none.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>When written.</returns>
    public async Task WriteAsync(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, int? currentRevision, CancellationToken cancellation)
    {
        var live = await ReadAsync(cancellation);
        await access.BeginChangeAsync(cancellation);
        if (live is not null)
            await Snapshots.KeepAsync(currentRevision, live.Files, proven: false, cancellation);

        var wish = new ConfigMapWish
        {
            Namespace = access.Namespace,
            Name = access.Parameters.ConfigMapName,
            Files = files,
            Labels = live?.Labels ?? new Dictionary<string, string>(),
            Annotations = live?.Annotations ?? new Dictionary<string, string>(),
        };
        await access.Cluster.ConfigMaps.ApplyAsync(wish, dryRun: false, cancellation);
        access.Log.Information("ConfigMap {ConfigMap:l} written: {Keys:l}", wish.Name, string.Join(", ", files.Keys));
    }
}
