namespace DifyUpgrade.Cluster;

/// <summary>What came of reading files in a container: exactly one of the three records below.</summary>
internal abstract record PodFilesResult;

/// <summary>The container answered completely; each file says for itself how it is.</summary>
/// <param name="Files">One for each path, in the order asked.</param>
internal sealed record PodFilesRead(IReadOnlyList<PodFile> Files) : PodFilesResult;

/// <summary>The container could not be asked. That proves nothing, neither good nor bad.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Detail">What was seen, redacted.</param>
internal sealed record PodFilesNotChecked(NotCheckedReason Reason, string Detail) : PodFilesResult;

/// <summary>The pod is gone or going: look for its successor.</summary>
/// <param name="Detail">What was seen, redacted.</param>
internal sealed record PodGone(string Detail) : PodFilesResult;

/// <summary>Why a container could not be asked.</summary>
internal enum NotCheckedReason
{
    /// <summary>The right to exec into pods is missing, or an admission policy refuses it.</summary>
    ExecForbidden,

    /// <summary>The image has no <c>cat</c> (distroless).</summary>
    NoCat,

    /// <summary>The boot_id that separates the files cannot be read in this container (a hardened or unusual runtime).</summary>
    NoSeparator,

    /// <summary>The container is not running.</summary>
    ContainerNotRunning,

    /// <summary>The pod has no container of that name.</summary>
    NoSuchContainer,

    /// <summary>The API server cannot reach the pod's node.</summary>
    NodeUnreachable,

    /// <summary>The connection was cut, or fell silent, while the pod stayed: trying again is worthwhile.</summary>
    Interrupted,

    /// <summary>The answer is complete but cannot be taken apart with certainty.</summary>
    Ambiguous,
}

/// <summary>A file in a container.</summary>
internal sealed record PodFile
{
    /// <summary>The path asked for.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it was read, or why not.</summary>
    public required PodFileState State { get; init; }

    /// <summary>What <c>cat</c> said about it, redacted.</summary>
    public string? Detail { get; init; }

    /// <summary>Its length in bytes; 0 unless it was read.</summary>
    public long Length { get; init; }

    /// <summary>Its SHA-256 in lower-case hex; null unless it was read.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Its bytes, if they were asked for and it was read.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>The mount it lies on; null if the container does not show its mounts.</summary>
    public FileMount? Mount { get; init; }
}

/// <summary>Whether a file could be read.</summary>
internal enum PodFileState
{
    /// <summary>It was read to its end.</summary>
    Read,

    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>There is a directory in its place, as kubelet makes one for a subPath whose key does not exist.</summary>
    IsDirectory,

    /// <summary>The container's user may not read it.</summary>
    Denied,

    /// <summary>Reading failed otherwise.</summary>
    Unreadable,
}

/// <summary>The mount that a path lies on, as the container's kernel sees it.</summary>
/// <param name="MountPoint">The mount point nearest above the path; <c>/</c> is the image itself.</param>
/// <param name="IsOwnMount">Whether the path is itself a mount point, as a subPath mount is.</param>
/// <param name="ReadOnly">Whether the mount or its file system is read-only.</param>
internal sealed record FileMount(string MountPoint, bool IsOwnMount, bool ReadOnly);
