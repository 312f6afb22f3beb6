namespace DifyUpgrade.Cluster;

/// <summary>Where in its life a container is.</summary>
internal enum ContainerPhase
{
    /// <summary>Not started, or between two starts.</summary>
    Waiting,

    /// <summary>Its process runs.</summary>
    Running,

    /// <summary>Its process has ended.</summary>
    Terminated,
}

/// <summary>A container of a pod.</summary>
internal sealed record ContainerState
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is an init container.</summary>
    public required bool Init { get; init; }

    /// <summary>The image as the pod asks for it.</summary>
    public required string Image { get; init; }

    /// <summary>The image that runs, by digest; null before it was pulled.</summary>
    public string? ImageId { get; init; }

    /// <summary>Whether its readiness probe passes.</summary>
    public required bool Ready { get; init; }

    /// <summary>How often it was started again.</summary>
    public required int Restarts { get; init; }

    /// <summary>Where in its life it is.</summary>
    public required ContainerPhase State { get; init; }

    /// <summary>Why it waits or ended, such as <c>CrashLoopBackOff</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>More about the reason, redacted.</summary>
    public string? Message { get; init; }

    /// <summary>The process's exit code, if it has ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>How the process before this one ended, if there was one.</summary>
    public ContainerTermination? LastTermination { get; init; }
}

/// <summary>How a container's process ended.</summary>
/// <param name="Reason">Such as <c>Error</c> or <c>OOMKilled</c>.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Message">What it left behind, redacted.</param>
internal sealed record ContainerTermination(string? Reason, int ExitCode, string? Message);
