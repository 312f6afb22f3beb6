using DifyUpgrade.Releases;
using DifyUpgrade.Releases.Repairs;

namespace DifyUpgrade.Reports;

/// <summary>What a run did to a revision that a killed helm had left pending.</summary>
internal sealed record ReportedRepair
{
    /// <summary>The revision.</summary>
    public required int Revision { get; init; }

    /// <summary>helm's word for it when the run found it.</summary>
    public required string Was { get; init; }

    /// <summary>Why nobody could be at work on it any more.</summary>
    public required string Why { get; init; }

    /// <summary>The Secret that keeps what helm had stored of it.</summary>
    public required string Copy { get; init; }

    /// <summary>Makes it.</summary>
    /// <param name="repair">What the repair came to; null without one.</param>
    /// <returns>Null where nothing was repaired.</returns>
    public static ReportedRepair? Of(RepairResult? repair) => repair is { Why: { } why, Copy: { } copy }
        ? new ReportedRepair { Revision = repair.Revision, Was = repair.Was, Why = why, Copy = copy }
        : null;
}

/// <summary>The rollback that a run made: because it was asked for, after a failure or as the second half of a repair.</summary>
internal sealed record ReportedRollback
{
    /// <summary>The revision it left.</summary>
    public required int From { get; init; }

    /// <summary>The revision it went back to.</summary>
    public required int To { get; init; }

    /// <summary>The new revision that helm made of it.</summary>
    public required int Revision { get; init; }

    /// <summary>Whether the ConfigMap was given that revision's prompts.</summary>
    public required bool PromptsRestored { get; init; }

    /// <summary>Whether every mounted file was proven after it.</summary>
    public required bool Proven { get; init; }

    /// <summary>What it does not change back, where the version of Dify differs; null where it does not.</summary>
    public string? DatabaseNotice { get; init; }

    /// <summary>Makes it.</summary>
    /// <param name="rollback">What the rollback came to; null without one.</param>
    /// <returns>Null without one.</returns>
    public static ReportedRollback? Of(RollbackResult? rollback) => rollback is null ? null : new ReportedRollback
    {
        From = rollback.From,
        To = rollback.To,
        Revision = rollback.Revision,
        PromptsRestored = rollback.PromptsRestored,
        Proven = rollback.Proof.IsProven,
        DatabaseNotice = rollback.DatabaseNotice,
    };
}
