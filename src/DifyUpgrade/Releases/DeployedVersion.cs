using DifyUpgrade.Helm;
using DifyUpgrade.Inspection;

namespace DifyUpgrade.Releases;

/// <summary>Which version of Dify a revision runs. The chart's app version need not change when an image's tag does.</summary>
internal static class DeployedVersion
{
    /// <summary>The tags of the images that mount the prompts; the chart's app version where none does.</summary>
    /// <param name="access">The release.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Such as <c>1.12.1</c>.</returns>
    public static async Task<string> OfAsync(ReleaseAccess access, HelmRevision revision, CancellationToken cancellation)
    {
        var chart = await LiveRelease.ChartAsync(access, revision.Revision, [], cancellation);
        List<string> tags = [.. chart.Contract.Mounts.Select(mount => PromptCheck.TagOf(mount.Image)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return tags.Count > 0 ? string.Join(", ", tags) : revision.AppVersion;
    }
}
