using System.Globalization;
using DifyUpgrade.Helm;
using DifyUpgrade.Reporting;
using Serilog;

namespace DifyUpgrade.Releases;

/// <summary>Shows a release's history.</summary>
internal static class HistoryTable
{
    /// <summary>A row per revision, oldest first.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="history">The revisions.</param>
    /// <param name="kept">The revisions whose prompts are kept.</param>
    public static void Show(ILogger log, IReadOnlyList<HelmRevision> history, IEnumerable<int> kept)
    {
        var withPrompts = kept.ToHashSet();
        log.Lines(TextTable.Lines(
            ["REVISION", "UPDATED", "STATUS", "CHART", "APP VERSION", "PROMPTS KEPT", "DESCRIPTION"],
            history.Select(revision => (string[])
            [
                revision.Revision.ToString(CultureInfo.InvariantCulture),
                revision.Updated.ToString("u", CultureInfo.InvariantCulture),
                revision.Status,
                revision.Chart,
                revision.AppVersion,
                withPrompts.Contains(revision.Revision) ? "yes" : "no",
                revision.Description,
            ])));
    }
}
