using System.Security.Cryptography.X509Certificates;

namespace DifyUpgrade.Sandbox;

/// <summary>What the API server needs to know beside what it serves.</summary>
/// <param name="Certificate">The server's certificate, with its private key, valid for 127.0.0.1.</param>
/// <param name="AdminToken">The bearer token of the one who may do everything.</param>
internal sealed record SandboxSettings(X509Certificate2 Certificate, string AdminToken)
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Further bearer tokens with the user each stands for; what they may do, Roles and RoleBindings in the store say.</summary>
    public IReadOnlyDictionary<string, string> UserTokens { get; init; } = new Dictionary<string, string>();

    /// <summary>The time pods live in.</summary>
    public PodTime Time { get; init; } = new(TimeProvider.System, 1);

    /// <summary>Ends the process, for <c>POST /sandbox/stop</c>; null where it is not to be ended so.</summary>
    public Action? Stop { get; init; }
}
