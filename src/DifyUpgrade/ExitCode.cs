namespace DifyUpgrade;

/// <summary>How a run ended, as the process's exit code.</summary>
public enum ExitCode
{
    /// <summary>Everything asked for was done and, where the target proves something, proven.</summary>
    Done = 0,

    /// <summary>The deployment failed, or what is deployed is not what the source says.</summary>
    DeploymentFailed = 1,

    /// <summary>Wrong usage, or a check failed before anything was changed.</summary>
    NothingChanged = 2,

    /// <summary>The run was interrupted (128 + SIGINT, as shells count).</summary>
    Interrupted = 130,
}
