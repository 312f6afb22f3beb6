using System.Net;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Routes;
using DifyUpgrade.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace DifyUpgrade.Sandbox;

/// <summary>The API server: Kestrel with TLS on 127.0.0.1, in front of an <see cref="ObjectStore"/>.</summary>
internal sealed class SandboxApp : IAsyncDisposable
{
    private readonly WebApplication _web;

    private SandboxApp(WebApplication web) => _web = web;

    /// <summary>Where it listens, such as <c>https://127.0.0.1:41235</c>.</summary>
    public Uri Address => new(_web.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    /// <summary>Starts it.</summary>
    /// <param name="settings">Certificate, tokens, port, clock.</param>
    /// <param name="store">What it serves.</param>
    /// <param name="faults">What is to go wrong.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <returns>The running server; dispose of it to stop it.</returns>
    public static async Task<SandboxApp> StartAsync(SandboxSettings settings, ObjectStore store, FaultPlan faults, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Configure(kestrel, settings));
        var web = builder.Build();
        web.UseWebSockets();
        web.Run(new RequestHandler(settings, store, faults).HandleAsync);
        await web.StartAsync(cancellation);
        return new SandboxApp(web);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, SandboxSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(IPAddress.Loopback, settings.Port, listen => listen.UseHttps(settings.Certificate));
    }
}
