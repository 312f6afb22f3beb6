namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Which part of a log is wanted, as <c>PodLogOptions</c> says it.</summary>
internal sealed record LogOptions
{
    /// <summary>Whether to wait for what is still to come.</summary>
    public bool Follow { get; init; }

    /// <summary>Whether the log of the container's former instance is wanted.</summary>
    public bool Previous { get; init; }

    /// <summary>Whether each line starts with its time.</summary>
    public bool Timestamps { get; init; }

    /// <summary>How many lines of the end.</summary>
    public long? TailLines { get; init; }

    /// <summary>At most so many bytes.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>Only lines that are not older than so many seconds of real time.</summary>
    public long? SinceSeconds { get; init; }

    /// <summary>Only lines that are not older than this.</summary>
    public DateTimeOffset? SinceTime { get; init; }
}
