namespace DifyUpgrade.Sandbox.Pods;

/// <summary>What <c>containerStatuses[].state</c> can say.</summary>
internal abstract record ContainerState;

/// <summary>The container does not run yet, or not any more and will again.</summary>
/// <param name="Reason">Why, in one word: <c>ContainerCreating</c>, <c>ImagePullBackOff</c>, <c>CrashLoopBackOff</c> …</param>
/// <param name="Message">Why, in a sentence.</param>
internal sealed record Waiting(string Reason, string? Message = null) : ContainerState;

/// <summary>The container runs.</summary>
/// <param name="Since">Since when.</param>
internal sealed record Running(DateTimeOffset Since) : ContainerState;

/// <summary>The container has ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal where a signal ended it.</param>
/// <param name="Reason"><c>Completed</c>, <c>Error</c>, <c>OOMKilled</c>, <c>StartError</c> …</param>
/// <param name="Message">The words it left behind.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="ContainerId">Which instance it was.</param>
internal sealed record Terminated(int ExitCode, string Reason, string? Message, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, string? ContainerId) : ContainerState;
