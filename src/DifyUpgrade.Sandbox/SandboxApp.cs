using System.Net;
using DifyUpgrade.Sandbox.Access;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Pods;
using DifyUpgrade.Sandbox.Routes;
using DifyUpgrade.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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
    /// <param name="pods">The nodes, for logs and exec; null where there are none.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <returns>The running server; dispose of it to stop it.</returns>
    public static async Task<SandboxApp> StartAsync(SandboxSettings settings, ObjectStore store, FaultPlan faults, PodRuntime? pods, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Configure(kestrel, settings));
        builder.Services.AddSingleton(settings.Time.Real);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var web = builder.Build();
        web.UseWebSockets();
        web.Run(Handler(settings, store, faults, pods, web.Lifetime.ApplicationStopping).HandleAsync);
        await web.StartAsync(cancellation);
        return new SandboxApp(web);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static RequestHandler Handler(SandboxSettings settings, ObjectStore store, FaultPlan faults, PodRuntime? pods, CancellationToken stopping)
    {
        var time = settings.Time.Real;
        var authorizer = new Authorizer(store);
        var tokens = new ServiceAccountTokens(settings.AdminToken, time);
        var operations = new ObjectOperations(store, settings.Time);
        var deletions = new DeleteRoute(store, operations);
        var subresources = new SubresourceRoutes(store, operations, new Evictions(store, deletions), tokens, new PodRoutes(operations, pods, faults, time));
        var resources = new ResourceRoutes(operations, new ListRoute(store, time), new WatchRoute(store, faults, time, stopping), deletions, subresources);
        return new RequestHandler(new Authentication(settings, tokens, authorizer), authorizer, new RequestFaults(faults, time), new OwnRoutes(faults, store, settings.Stop), resources);
    }

    private static void Configure(KestrelServerOptions kestrel, SandboxSettings settings)
    {
        kestrel.AddServerHeader = false;

        // The routes refuse large bodies themselves, with a Status. One client-go process opens all its watches on one connection.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
        kestrel.Listen(IPAddress.Loopback, settings.Port, listen => listen.UseHttps(settings.Certificate));
    }

    /// <summary>Leaves the process's signals to the process.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
