using DifyUpgrade.Mounts;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Reports;

/// <summary>A second net under the redaction at the boundaries: no free text of a report leaves without it. Pure.</summary>
internal static class ReportRedaction
{
    /// <summary>Takes secrets out.</summary>
    /// <param name="report">The report.</param>
    /// <param name="redactor">Knows the secrets.</param>
    /// <returns>The report without them.</returns>
    public static RunReport Of(RunReport report, Redactor redactor) => report with
    {
        Stages = [.. report.Stages.Select(stage => stage with { Findings = Of(stage.Findings, redactor) })],
        Causes = [.. report.Causes.Select(cause => cause with { Seen = redactor.Redact(cause.Seen), Where = redactor.Redact(cause.Where), Remedy = redactor.Redact(cause.Remedy) })],
        Findings = Of(report.Findings, redactor),
        Changes = [.. report.Changes.Select(change => change with { Lines = [.. change.Lines.Select(redactor.Redact)] })],
        Rollouts = [.. report.Rollouts.Select(rollout => Of(rollout, redactor))],
        Evidence = [.. report.Evidence.Select(row => Of(row, redactor))],
        EvidenceBeforeRollback = [.. report.EvidenceBeforeRollback.Select(row => Of(row, redactor))],
        Repair = report.Repair is { } repair ? repair with { Why = redactor.Redact(repair.Why) } : null,
        Rollback = report.Rollback is { } rollback ? rollback with { DatabaseNotice = rollback.DatabaseNotice is { } notice ? redactor.Redact(notice) : null } : null,
    };

    private static IReadOnlyList<Finding> Of(IReadOnlyList<Finding> findings, Redactor redactor) =>
        [.. findings.Select(finding => finding with { Seen = redactor.Redact(finding.Seen), Where = redactor.Redact(finding.Where), Remedy = redactor.Redact(finding.Remedy) })];

    private static RolloutRecord Of(RolloutRecord rollout, Redactor redactor) => rollout with
    {
        Workloads = [.. rollout.Workloads.Select(workload => workload with { Verdict = workload.Verdict with { Reason = redactor.Redact(workload.Verdict.Reason) } })],
        Pods = [.. rollout.Pods.Select(pod => pod with { Summary = redactor.Redact(pod.Summary) })],
        Events = [.. rollout.Events.Select(happening => happening with { Message = redactor.Redact(happening.Message) })],
        Culprits = [.. rollout.Culprits.Select(culprit => culprit with { Obstacle = culprit.Obstacle with { Said = redactor.Redact(culprit.Obstacle.Said) } })],
        HelmSaid = rollout.HelmSaid is { } said ? redactor.Redact(said) : null,
    };

    private static MountEvidence Of(MountEvidence row, Redactor redactor) => row with { Reason = redactor.Redact(row.Reason) };
}
