namespace DifyUpgrade.Helm;

/// <summary>Why helm failed. helm exits with 1 for everything, so its words are all there is.</summary>
public enum HelmFailure
{
    /// <summary>None of the others; read helm's words.</summary>
    Other,

    /// <summary>No such release or revision, or no revision of it ever succeeded.</summary>
    ReleaseNotFound,

    /// <summary>The newest revision is pending: someone else is at it, or a helm was killed.</summary>
    OperationInProgress,

    /// <summary>Someone else wrote the same revision first.</summary>
    ReleaseAlreadyExists,

    /// <summary>The cluster did not answer: refused, name unknown, timed out, TLS.</summary>
    Unreachable,

    /// <summary>The cluster answered and did not accept the credentials.</summary>
    Unauthorized,

    /// <summary>The cluster knows who asks and says no.</summary>
    Forbidden,

    /// <summary>The workloads were not ready within the timeout.</summary>
    TimedOut,

    /// <summary>The chart or its values cannot be read, do not render, or render what Kubernetes refuses.</summary>
    ChartInvalid,

    /// <summary>The kubeconfig has no such context.</summary>
    ContextUnknown,

    /// <summary>The kubeconfig cannot be read.</summary>
    KubeconfigInvalid,

    /// <summary>helm succeeded and printed something this project cannot read.</summary>
    OutputUnreadable,
}
