using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Ends connections as a failing network does.</summary>
internal static class Connections
{
    /// <summary>Ends the connection a request came over; on HTTP/2 every other request on it ends as well.</summary>
    public static void Cut(HttpContext context)
    {
        if (context.Features.Get<IConnectionLifetimeFeature>() is { } connection)
            connection.Abort();
        else
            context.Abort();
    }
}
