using System.Diagnostics.CodeAnalysis;
using DifyUpgrade.Releases;
using DifyUpgrade.Reporting;
using DifyUpgrade.Rollouts;
using Serilog;

namespace DifyUpgrade.Reports;

/// <summary>
/// Keeps how the stages of a run went, and writes the report after each, and before a release is changed: a run that
/// fails, is interrupted or is killed leaves one, too.
/// </summary>
/// <param name="artifacts">The run's folders.</param>
/// <param name="log">Kept the warnings.</param>
/// <param name="time">The clock.</param>
internal sealed class RunRecorder(ArtifactFolders artifacts, RecordedLog log, TimeProvider time)
{
    // The diagnosis keeps all of them.
    private const int MostEvents = 200;

    private readonly ReportFolder _folder = new(artifacts);
    private readonly List<StageRecord> _stages = [];
    private int? _revision;
    private string? _broken;
    private string? _page;

    private ILogger Lines => log;

    /// <summary>Notes that a stage begins.</summary>
    /// <param name="target">The target.</param>
    public void Begin(string target)
    {
        // What an earlier run left would be taken for this one's.
        if (_stages.Count == 0)
            Try(Take);
        var now = time.GetUtcNow();
        _stages.Add(new StageRecord { Target = target, From = now, To = now, Outcome = RunOutcome.Unfinished, Findings = [] });
    }

    /// <summary>Notes how the stage that began last has ended.</summary>
    /// <param name="result">What it came to; null when it threw.</param>
    /// <param name="failure">What it threw; null when it did not.</param>
    /// <param name="access">The release; null when none was touched.</param>
    public void End(object? result, Exception? failure, ReleaseAccess? access)
    {
        _revision = result switch { UpgradeResult upgrade => upgrade.Revision, RollbackResult rollback => rollback.Revision, _ => _revision };
        _stages[^1] = _stages[^1] with
        {
            To = time.GetUtcNow(),
            Outcome = failure switch { null => RunOutcome.Succeeded, OperationCanceledException => RunOutcome.Interrupted, _ => RunOutcome.Failed },
            Findings = failure switch
            {
                null or OperationCanceledException => [],
                DeploymentException expected => expected.Findings,
                _ => [Finding.Error(failure.Message, failure.GetType().Name, "This was not expected; the log has the stack")],
            },
        };
        Write(access);
    }

    /// <summary>Says where the report is, and appends its summary to the CI system's own page.</summary>
    /// <param name="stepSummary">That page's file; null where there is none.</param>
    public void Finish(string? stepSummary)
    {
        if (_page is null)
            return;
        Lines.Information("Report: {Page:l}", _page);
        if (stepSummary is not null)
            Try(() => _folder.AppendSummary(stepSummary));
    }

    /// <summary>Writes what is known so far.</summary>
    /// <param name="access">The release; null when none is touched.</param>
    public void Write(ReleaseAccess? access)
    {
        if (access is null)
            return;
        Try(() =>
        {
            _folder.Write(ReportRedaction.Of(Report(access), access.Redactor));
            _page = access.Parameters.Display(_folder.Page);
        });
    }

    private RunReport Report(ReleaseAccess access) => new()
    {
        Outcome = _stages[^1].Outcome,
        From = _stages[0].From,
        To = _stages[^1].To,
        Release = new ReportedRelease
        {
            Name = access.Parameters.Release,
            Namespace = access.Namespace,
            Context = access.Target.Context,
            Server = access.Target.Server,
            Revision = access.Journal.Rollback?.Revision ?? _revision,
        },
        Stages = [.. _stages],
        Causes = access.Journal.Causes,
        Findings = [.. _stages.SelectMany(stage => stage.Findings), .. log.Warnings],
        Changes = access.Journal.Changes,
        Rollouts = [.. access.Journal.Rollouts.Select(Shorten)],
        Evidence = access.Journal.Proofs is [.., var last] ? last.Evidence : [],
        EvidenceBeforeRollback = access.Journal is { Rollback: not null, Proofs: [.., var before, _] } ? before.Evidence : [],
        Repair = ReportedRepair.Of(access.Journal.Repair),
        Rollback = ReportedRollback.Of(access.Journal.Rollback),
    };

    private void Take()
    {
        if (_folder.Begin())
            Lines.Information("Another run is at work in this folder and writes artifacts/report/; this one writes beside it");
    }

    private static RolloutRecord Shorten(RolloutRecord rollout) =>
        rollout with { Events = [.. rollout.Events.Where(happening => happening.Type == "Warning").TakeLast(MostEvents)] };

    // A full disk, or a fault of the report's own, must not turn a good deployment into a failed one.
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The deployment's own outcome counts, whatever becomes of the report on it")]
    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure)
        {
            if (_broken is null)
                Lines.Warning("The report could not be written: {Why:l}", _broken = failure.Message);
        }
    }
}
