using DifyUpgrade.Diagnosis;
using DifyUpgrade.Mounts;
using DifyUpgrade.Releases;
using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Reports;

/// <summary>How a run, or a stage of it, ended.</summary>
internal enum RunOutcome
{
    /// <summary>It has not ended: it is at work, or was killed.</summary>
    Unfinished,

    /// <summary>Everything asked for was done.</summary>
    Succeeded,

    /// <summary>Something failed.</summary>
    Failed,

    /// <summary>Somebody interrupted it.</summary>
    Interrupted,
}

/// <summary>
/// All that a run saw, as <c>artifacts/report/report.json</c> holds it. Its JSON schema is published beside it; a change
/// here that is not only an addition takes a new <see cref="Version"/>.
/// </summary>
internal sealed record RunReport
{
    /// <summary>The version of this format.</summary>
    public int Version { get; init; } = 1;

    /// <summary>How the run ended.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>When its first stage began.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When its last stage ended.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The release it worked on.</summary>
    public required ReportedRelease Release { get; init; }

    /// <summary>Its stages, in order.</summary>
    public required IReadOnlyList<StageRecord> Stages { get; init; }

    /// <summary>The causes of its failure that were recognised, the one that explains most first.</summary>
    public required IReadOnlyList<Cause> Causes { get; init; }

    /// <summary>What was found on the way and at the end, errors first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What it changes, as the dry run predicted it.</summary>
    public required IReadOnlyList<ObjectChange> Changes { get; init; }

    /// <summary>Its rollouts, in order; of their events only the last warnings.</summary>
    public required IReadOnlyList<RolloutRecord> Rollouts { get; init; }

    /// <summary>What reading the mounted files back showed at last.</summary>
    public required IReadOnlyList<MountEvidence> Evidence { get; init; }

    /// <summary>What it had shown before a rollback; empty where nothing was read back before one.</summary>
    public IReadOnlyList<MountEvidence> EvidenceBeforeRollback { get; init; } = [];

    /// <summary>The repair that the run made; null without one.</summary>
    public ReportedRepair? Repair { get; init; }

    /// <summary>The rollback that the run made; null without one.</summary>
    public ReportedRollback? Rollback { get; init; }
}

/// <summary>A release, and where it is.</summary>
internal sealed record ReportedRelease
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The kubeconfig context.</summary>
    public required string Context { get; init; }

    /// <summary>The API server's address.</summary>
    public required string Server { get; init; }

    /// <summary>The revision that the run made; null when it made none.</summary>
    public int? Revision { get; init; }
}

/// <summary>A stage of a run.</summary>
internal sealed record StageRecord
{
    /// <summary>The target.</summary>
    public required string Target { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it ended; as far as it came where it has not.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>How it ended.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>What ended it; empty when it succeeded.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}
