namespace DifyUpgrade.Cluster;

/// <summary>Why the cluster did not do what was asked.</summary>
internal enum ClusterFailure
{
    /// <summary>Anything that has no name of its own here.</summary>
    Other,

    /// <summary>No connection: name, address, TLS, or the connection was cut.</summary>
    Unreachable,

    /// <summary>The credentials are missing, wrong or expired (401).</summary>
    Unauthorized,

    /// <summary>The credentials are good but lack the right (403).</summary>
    Forbidden,

    /// <summary>The object, or the path itself, does not exist (404).</summary>
    NotFound,

    /// <summary>Someone else changed or created the object meanwhile (409).</summary>
    Conflict,

    /// <summary>The API server refuses the request's content (400, 422).</summary>
    Invalid,

    /// <summary>The cluster serves no such apiVersion and kind.</summary>
    UnknownKind,

    /// <summary>The API server asks for patience, and still did after the retries (429).</summary>
    TooManyRequests,

    /// <summary>No answer in time.</summary>
    Timeout,
}
