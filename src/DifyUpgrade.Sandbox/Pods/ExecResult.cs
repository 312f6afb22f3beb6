namespace DifyUpgrade.Sandbox.Pods;

/// <summary>How a command in a container ended.</summary>
/// <param name="ExitCode">Its exit code; null where it could not even be started.</param>
/// <param name="Failure">Why it could not be started, as the container runtime words it.</param>
internal sealed record ExecResult(int? ExitCode, string? Failure = null);
