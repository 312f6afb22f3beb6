using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DifyUpgrade.Sandbox.Routes.Spdy;

/// <summary>Turns a request into a connection that speaks SPDY.</summary>
internal static class SpdyUpgrade
{
    private const string ProtocolHeader = "X-Stream-Protocol-Version";
    private const string Name = "SPDY/3.1";
    private const string Version4 = "v4.channel.k8s.io";

    /// <summary>Whether a request wants that.</summary>
    public static bool IsWantedBy(HttpRequest request) =>
        string.Equals(request.Headers.Upgrade.ToString(), Name, StringComparison.OrdinalIgnoreCase) && request.HttpContext.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };

    /// <summary>Takes the connection over.</summary>
    /// <exception cref="ApiException">The client does not know the one protocol that ends with a Status (403, as in the real server).</exception>
    public static Task<Stream> AcceptAsync(HttpContext context)
    {
        var wanted = context.Request.Headers[ProtocolHeader].SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries)).ToList();
        if (!wanted.Contains(Version4))
        {
            context.Response.Headers["X-Accepted-Stream-Protocol-Versions"] = Version4;
            throw new ApiException(403, "Forbidden", $"unable to upgrade: unable to negotiate protocol: client supports [{string.Join(' ', wanted)}], server accepts [{Version4}]");
        }

        context.Response.Headers.Upgrade = Name;
        context.Response.Headers[ProtocolHeader] = Version4;
        return context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }
}
