using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Ends connections as a failing network does.</summary>
internal static class Connections
{
    private static readonly TimeSpan Departure = TimeSpan.FromMilliseconds(50);

    /// <summary>Ends the connection a request came over; on HTTP/2 every other request on it ends as well.</summary>
    public static void Cut(HttpContext context)
    {
        if (context.Features.Get<IConnectionLifetimeFeature>() is { } connection)
            connection.Abort();
        else
            context.Abort();
    }

    /// <summary>Ends it once what was written has had the time to leave; an abort throws away what still waits in the server.</summary>
    public static async Task CutSoonAsync(HttpContext context, TimeProvider time)
    {
        await Task.Delay(Departure, time, CancellationToken.None);
        Cut(context);
    }
}
