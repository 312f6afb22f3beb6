using DifyUpgrade.Mounts;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Reports;

/// <summary>Words and numbers as every form of the report writes them.</summary>
internal static class ReportText
{
    /// <summary>So many digits of a hash tell two files apart for a person; the whole of it is beside.</summary>
    public const int ShortHash = 12;

    /// <summary>A span of time.</summary>
    /// <param name="span">The span.</param>
    /// <returns>Such as <c>4.2 s</c> or <c>3 min 07 s</c>.</returns>
    public static string Duration(TimeSpan span) => span < TimeSpan.FromMinutes(1)
        ? $"{span.TotalSeconds:0.0} s"
        : $"{(int)span.TotalMinutes} min {span.Seconds:00} s";

    /// <summary>A verdict in a word.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>The word.</returns>
    public static string Of(MountVerdict verdict) => verdict switch
    {
        MountVerdict.Proven => "proven",
        MountVerdict.Refuted => "refuted",
        _ => "not checked",
    };

    /// <summary>A number of things.</summary>
    /// <param name="count">How many.</param>
    /// <param name="thing">What, for one of them.</param>
    /// <returns>Such as <c>1 stage</c> or <c>2 stages</c>.</returns>
    public static string Count(int count, string thing) => $"{count} {thing}{(count == 1 ? "" : "s")}";

    /// <summary>Something that is so, is not, or is not known.</summary>
    /// <param name="value">What is known.</param>
    /// <returns>The word.</returns>
    public static string YesNo(bool? value) => value switch { true => "yes", false => "no", null => "?" };

    /// <summary>What the run was about, in two words.</summary>
    /// <param name="report">The report.</param>
    /// <returns>Such as <c>Upgrade failed</c>, or <c>Upgrade failed, rolled back to revision 4</c>.</returns>
    public static string Title(RunReport report) =>
        $"{Main(report).Target} {report.Outcome.ToString().ToLowerInvariant()}{(report is { Outcome: RunOutcome.Failed, Rollback: { } rollback } ? $", rolled back to revision {rollback.To}" : "")}";

    /// <summary>What was done to mend the release, in a word or two.</summary>
    /// <param name="report">A report with a repair or a rollback.</param>
    /// <returns>Such as <c>Repair and rollback</c>.</returns>
    public static string RecoveryTitle(RunReport report) => (report.Repair, report.Rollback) switch
    {
        (not null, not null) => "Repair and rollback",
        (not null, _) => "Repair",
        _ => report.Outcome == RunOutcome.Failed ? "Rollback after the failure" : "Rollback",
    };

    /// <summary>What was done to mend the release.</summary>
    /// <param name="report">The report.</param>
    /// <returns>Sentences, in the order of what happened; none without a repair and a rollback.</returns>
    public static IEnumerable<string> Recovery(RunReport report)
    {
        if (report.Repair is { } repair)
            yield return $"Revision {repair.Revision} was {repair.Was}, but nobody was at work on it ({repair.Why}); it was marked failed, and what helm had stored of it is kept in secret/{repair.Copy}.";
        if (report.Rollback is not { } rollback)
            yield break;
        yield return $"Revision {rollback.Revision} is revision {rollback.To} again, after revision {rollback.From}; the ConfigMap {(rollback.PromptsRestored ? "was given back its prompts" : "stayed as it was")}, and {(rollback.Proven ? "every mounted file was proven" : "not every mounted file could be read back")} after it.";
        if (rollback.DatabaseNotice is { } notice)
            yield return notice + ".";
    }

    // The proof after an upgrade is a part of it; a stage that failed is what the run is about.
    private static StageRecord Main(RunReport report) => report.Outcome == RunOutcome.Succeeded
        ? report.Stages.LastOrDefault(stage => report.Rollouts.Any(rollout => Within(rollout, stage))) ?? report.Stages[^1]
        : report.Stages[^1];

    private static bool Within(RolloutRecord rollout, StageRecord stage) => rollout.From >= stage.From && rollout.To <= stage.To;
}
