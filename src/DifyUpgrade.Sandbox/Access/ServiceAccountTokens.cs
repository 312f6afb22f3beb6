using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Access;

/// <summary>
/// Tokens for service accounts, as <c>kubectl create token</c> asks for them. Signed with a secret of the sandbox, so that
/// they need no memory and hold after a restart.
/// </summary>
/// <param name="secret">What they are signed with.</param>
/// <param name="time">Says when they have expired.</param>
internal sealed class ServiceAccountTokens(string secret, TimeProvider time)
{
    private const string Header = """{"alg":"HS256","typ":"JWT"}""";

    /// <summary>Answers a <c>TokenRequest</c>.</summary>
    public JsonObject Answer(StoredObject account, JsonObject request)
    {
        var seconds = Math.Max(request.Number("spec", "expirationSeconds") ?? 3600, 600);
        var expires = time.GetUtcNow().AddSeconds(seconds);
        request.Child("spec")["expirationSeconds"] = seconds;
        request["status"] = new JsonObject
        {
            ["token"] = Issue(account.Namespace, account.Name, account.Uid, expires),
            ["expirationTimestamp"] = Timestamp.Of(expires),
        };
        return request;
    }

    /// <summary>A token for a service account.</summary>
    public string Issue(string space, string name, string uid, DateTimeOffset expires)
    {
        var claims = new JsonObject
        {
            ["sub"] = $"system:serviceaccount:{space}:{name}",
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["kubernetes.io"] = new JsonObject { ["namespace"] = space, ["serviceaccount"] = new JsonObject { ["name"] = name, ["uid"] = uid } },
        };
        var content = $"{Encode(Encoding.UTF8.GetBytes(Header))}.{Encode(claims.Utf8())}";
        return $"{content}.{Sign(content)}";
    }

    /// <summary>Whose token it is.</summary>
    /// <returns>Null where it is none of ours, or has expired.</returns>
    public User? Read(string token)
    {
        if (token.Split('.') is not [var header, var claims, var signature] || !Equal(Sign($"{header}.{claims}"), signature))
            return null;
        var json = JsonNode.Parse(Base64Url.DecodeFromChars(claims));
        return json.Number("exp") > time.GetUtcNow().ToUnixTimeSeconds() && json.Text("sub") is { } subject ? User.Named(subject) : null;
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    private static bool Equal(string expected, string seen) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(seen));

    private string Sign(string content) => Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(content)));
}
