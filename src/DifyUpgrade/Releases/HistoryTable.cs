using System.Globalization;
using DifyUpgrade.Helm;
using DifyUpgrade.Releases.Snapshots;
using DifyUpgrade.Reporting;
using Serilog;

namespace DifyUpgrade.Releases;

/// <summary>Shows a release's history.</summary>
internal static class HistoryTable
{
    /// <summary>A row per revision, oldest first.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="history">The revisions.</param>
    /// <param name="snapshots">The prompts that were kept.</param>
    public static void Show(ILogger log, IReadOnlyList<HelmRevision> history, IReadOnlyList<PromptSnapshot> snapshots)
    {
        log.Lines(TextTable.Lines(
            ["REVISION", "UPDATED", "STATUS", "CHART", "APP VERSION", "PROMPTS", "DESCRIPTION"],
            history.Select(revision => (string[])
            [
                revision.Revision.ToString(CultureInfo.InvariantCulture),
                revision.Updated.ToString("u", CultureInfo.InvariantCulture),
                revision.Status,
                revision.Chart,
                revision.AppVersion,
                PromptsOf(snapshots, revision.Revision),
                revision.Description,
            ])));
    }

    /// <summary>A row per content of the ConfigMap that was kept, oldest first.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="snapshots">The contents.</param>
    public static void Show(ILogger log, IReadOnlyList<PromptSnapshot> snapshots)
    {
        if (snapshots.Count == 0)
            return;
        log.Lines(TextTable.Lines(
            ["PROMPTS REVISION", "KEPT", "USED BY REVISIONS", "PROVEN FOR", "FILES"],
            snapshots.Select(snapshot => (string[])
            [
                snapshot.Number.ToString(CultureInfo.InvariantCulture),
                snapshot.KeptAt?.ToString("u", CultureInfo.InvariantCulture) ?? "?",
                string.Join(", ", snapshot.UsedBy),
                string.Join(", ", snapshot.ProvenFor),
                snapshot.IsIntact ? snapshot.Shown : snapshot.Shown + " EDITED SINCE",
            ])));
    }

    private static string PromptsOf(IReadOnlyList<PromptSnapshot> snapshots, int revision) => PromptSnapshot.Of(snapshots, revision) is { } snapshot
        ? $"{snapshot.Number} {(snapshot.ProvenFor.Contains(revision) ? "proven" : "unproven")}"
        : "–";
}
