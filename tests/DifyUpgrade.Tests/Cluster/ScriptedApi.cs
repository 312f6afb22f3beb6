using System.Collections.Concurrent;
using System.Text;
using DifyUpgrade.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DifyUpgrade.Tests.Cluster;

/// <summary>
/// A real HTTP server on the loopback that answers what a test scripted, in order; the last answer of a route repeats.
/// What it does not know it answers as the API server does: 404 with a Status that names no object.
/// </summary>
internal sealed class ScriptedApi : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<RequestDelegate>> _routes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();

    private ScriptedApi(WebApplication application) => _application = application;

    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    /// <summary>Ends when the server is disposed; what hangs on purpose hangs on this.</summary>
    public CancellationToken Closing => _closing.Token;

    public string Address => _application.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.Single();

    public static Task<ScriptedApi> StartAsync() => StartAsync(_ => { });

    public static async Task<ScriptedApi> StartAsync(Action<ListenOptions> listen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0, listen));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        var application = builder.Build();
        var api = new ScriptedApi(application);
        application.UseWebSockets();
        application.Run(api.AnswerAsync);
        await application.StartAsync();
        return api;
    }

    public ClusterClient Client(Redactor? redactor = null, TimeProvider? time = null)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("scripted-api").FullName, "config");
        File.WriteAllText(path, Kubeconfig(Address));
        var target = KubeconfigReader.Resolve(path, null, KubeconfigEnvironment.Machine);
        var client = ClusterClient.Create(target, redactor ?? Redactor.None, time ?? new SteppingTime());
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return client;
    }

    public ScriptedApi On(string route, int status, string json) => On(route, context => WriteAsync(context, status, json));

    public ScriptedApi On(string route, RequestDelegate answer)
    {
        _routes.GetOrAdd(route, _ => new()).Enqueue(answer);
        return this;
    }

    /// <summary>A watch that sends lines and then ends, or stays open.</summary>
    public ScriptedApi OnWatch(string path, bool staysOpen, params string[] lines) => On($"WATCH {path}", async context =>
    {
        context.Response.ContentType = "application/json";
        foreach (var line in lines)
            await context.Response.WriteAsync($"{line}\n");
        await context.Response.Body.FlushAsync();
        if (staysOpen)
            await HangAsync(context);
    });

    public async Task HangAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, Closing);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    public static Task WriteAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    public static string Status(int code, string reason, string message, string details = "{}") =>
        $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"{{reason}}","message":{{System.Text.Json.JsonSerializer.Serialize(message)}},"code":{{code}},"details":{{details}} }""";

    public static string NotFound(string kind, string name) =>
        Status(404, "NotFound", $"{kind} \"{name}\" not found", $$"""{"name":"{{name}}","kind":"{{kind}}"}""");

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _application.DisposeAsync();
        _closing.Dispose();
    }

    private static string Kubeconfig(string server) => $$"""
        apiVersion: v1
        kind: Config
        current-context: scripted
        contexts: [{name: scripted, context: {cluster: scripted, user: scripted} }]
        clusters: [{name: scripted, cluster: {server: "{{server}}"} }]
        users: [{name: scripted, user: {token: the-token} }]
        """;

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = context.WebSockets.IsWebSocketRequest ? "" : await reader.ReadToEndAsync();
        Seen.Enqueue(new(
            context.Request.Method, context.Request.Path, context.Request.QueryString.Value ?? "", body, context.Request.Headers.Authorization.ToString()));
        var verb = context.Request.Query["watch"] == "true" ? "WATCH" : context.Request.Method;
        if (!_routes.TryGetValue($"{verb} {context.Request.Path}", out var answers))
        {
            await WriteAsync(context, 404, Status(404, "NotFound", "the server could not find the requested resource"));
            return;
        }

        // The last answer stays, for clients that ask again.
        var answer = answers.Count > 1 && answers.TryDequeue(out var next) ? next : answers.First();
        await answer(context);
    }
}

internal sealed record SeenRequest(string Method, string Path, string Query, string Body, string Authorization);
