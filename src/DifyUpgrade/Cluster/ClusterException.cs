using System.Diagnostics.CodeAnalysis;

namespace DifyUpgrade.Cluster;

/// <summary>The cluster did not do what was asked; the message is one redacted line.</summary>
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Stages turn it into findings; nobody outside this assembly sees it.")]
internal sealed class ClusterException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="message">One line, already redacted.</param>
    /// <param name="cause">The transport's exception; never one that holds a request or a response.</param>
    public ClusterException(ClusterFailure failure, string message, Exception? cause = null)
        : base(message, cause)
    {
        Failure = failure;
    }

    /// <summary>The kind of failure.</summary>
    public ClusterFailure Failure { get; }

    /// <summary>The HTTP status, where there was an answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The Status object's reason, such as AlreadyExists, where there was one.</summary>
    public string? Reason { get; init; }

    /// <summary>Which right is missing, when the failure is <see cref="ClusterFailure.Forbidden"/> and the server said so.</summary>
    public MissingRight? Missing { get; init; }

    /// <summary>How long the server asks to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the object that was asked for is not there, as opposed to a path that the server does not know.</summary>
    public bool IsMissingObject { get; init; }

    /// <summary>Whether server-side apply failed for a list key that it should have defaulted, as it does before Kubernetes 1.21.</summary>
    public bool LacksApplyDefaults { get; init; }

    /// <summary>Whether the same request may well succeed a little later.</summary>
    public bool IsTransient =>
        Failure is ClusterFailure.Unreachable or ClusterFailure.Timeout or ClusterFailure.TooManyRequests
        || (StatusCode >= 500 && Failure != ClusterFailure.Invalid);
}
