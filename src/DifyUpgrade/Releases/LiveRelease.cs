using DifyUpgrade.Helm;
using DifyUpgrade.Rendering;

namespace DifyUpgrade.Releases;

/// <summary>A release as it is in the cluster, whatever the local files say.</summary>
internal static class LiveRelease
{
    /// <summary>Reads the history.</summary>
    /// <param name="access">The release.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The revisions, oldest first.</returns>
    public static async Task<IReadOnlyList<HelmRevision>> HistoryAsync(ReleaseAccess access, CancellationToken cancellation) =>
        ReleaseState.MustExist(await access.Helm.HistoryAsync(access.Parameters.Release, access.Namespace, cancellation), access.Parameters);

    /// <summary>Reads a revision's manifests.</summary>
    /// <param name="access">The release.</param>
    /// <param name="revision">The revision; null takes the newest.</param>
    /// <param name="keys">The ConfigMap's keys.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The manifests.</returns>
    public static async Task<RenderedChart> ChartAsync(ReleaseAccess access, int? revision, IEnumerable<string> keys, CancellationToken cancellation)
    {
        var text = await access.Helm.ManifestAsync(access.Parameters.Release, access.Namespace, revision, cancellation);
        var chart = RenderedChart.Read(text, new ConfigMapKeys(access.Parameters.ConfigMapName, [.. keys]), access.Namespace);
        access.Redactor.Learn(SecretMask.ValuesIn(chart.Manifests));
        return chart;
    }
}
