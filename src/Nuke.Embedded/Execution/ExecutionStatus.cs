namespace Nuke.Common.Execution;

/// <summary>Where a target stands.</summary>
public enum ExecutionStatus
{
    /// <summary>Not part of the run.</summary>
    None,

    /// <summary>Its turn will come.</summary>
    Scheduled,

    /// <summary>Left out because another target failed or was interrupted.</summary>
    NotRun,

    /// <summary>Left out because of a condition or <c>--skip</c>.</summary>
    Skipped,

    /// <summary>Did what it should.</summary>
    Succeeded,

    /// <summary>Threw.</summary>
    Failed,

    /// <summary>Is running.</summary>
    Running,

    /// <summary>Was interrupted.</summary>
    Aborted,

    /// <summary>Has no actions; only groups others.</summary>
    Collective,
}
