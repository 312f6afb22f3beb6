namespace Nuke.Common;

public abstract partial class NukeBuild
{
    /// <summary>Called once, when parameters have their values and before anything is written.</summary>
    protected internal virtual void OnBuildCreated() { }

    /// <summary>Called once, when the plan stands and logging works; the engine has still written nothing.</summary>
    protected internal virtual void OnBuildInitialized() { }

    /// <summary>Called once at the end, after the summary, whether the build succeeded or not.</summary>
    protected internal virtual void OnBuildFinished() { }

    /// <summary>Called before a target's actions.</summary>
    /// <param name="target">The target's name.</param>
    protected internal virtual void OnTargetRunning(string target) { }

    /// <summary>Called in place of a target's actions.</summary>
    /// <param name="target">The target's name.</param>
    protected internal virtual void OnTargetSkipped(string target) { }

    /// <summary>Called after a target's actions.</summary>
    /// <param name="target">The target's name.</param>
    protected internal virtual void OnTargetSucceeded(string target) { }

    /// <summary>Called after a target threw or was interrupted.</summary>
    /// <param name="target">The target's name.</param>
    protected internal virtual void OnTargetFailed(string target) { }
}
