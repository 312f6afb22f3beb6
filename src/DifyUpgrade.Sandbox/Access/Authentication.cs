using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Access;

/// <summary>Finds out who sends a request: by its bearer token, or as an admin says by <c>--as</c>.</summary>
internal sealed class Authentication(SandboxSettings settings, ServiceAccountTokens tokens, Authorizer authorizer)
{
    private const string Scheme = "Bearer ";
    private const string SocketTokenProtocol = "base64url.bearer.authorization.k8s.io.";

    /// <summary>Who sends it.</summary>
    /// <exception cref="ApiException">It has a token that is nobody's (401), or impersonates without being allowed to (403).</exception>
    public User UserOf(HttpRequest request)
    {
        var user = Bearer(request) is { } token ? Owner(token) ?? throw new ApiException(401, "Unauthorized", "Unauthorized") : User.Anonymous;
        return request.Headers["Impersonate-User"].ToString() is { Length: > 0 } other ? Impersonated(user, other, request) : user;
    }

    private static string? Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length > 0)
            return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : header;
        return request.Headers.SecWebSocketProtocol.ToString().Split(',', StringSplitOptions.TrimEntries)
            .FirstOrDefault(protocol => protocol.StartsWith(SocketTokenProtocol, StringComparison.Ordinal)) is { } protocol
            ? Decode(protocol[SocketTokenProtocol.Length..])
            : null;
    }

    private static string Decode(string text) =>
        Base64Url.IsValid(text) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)) : "";

    private static bool Same(string expected, string seen) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(seen));

    /// <summary>Whose token it is.</summary>
    /// <returns>Null where it is nobody's.</returns>
    public User? Owner(string token)
    {
        if (Same(settings.AdminToken, token))
            return User.Admin;
        return settings.UserTokens.FirstOrDefault(entry => Same(entry.Key, token)) is { Value: { } name } ? User.Named(name) : tokens.Read(token);
    }

    private User Impersonated(User user, string other, HttpRequest request)
    {
        authorizer.Check(user, new AccessRequest("impersonate") { Resource = "users", Name = other });
        var groups = request.Headers["Impersonate-Group"].OfType<string>().ToList();
        foreach (var group in groups)
            authorizer.Check(user, new AccessRequest("impersonate") { Resource = "groups", Name = group });
        return groups.Count == 0 ? User.Named(other) : User.Named(other) with { Groups = [.. groups, "system:authenticated"] };
    }
}
