using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Pods;
using DifyUpgrade.Sandbox.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes;

/// <summary>A whole sandbox behind a real port, with controllers and nodes that live fast.</summary>
public sealed class RunningSandbox : IAsyncLifetime
{
    public const string AdminToken = "the-admin's-token";
    public const string JaneToken = "jane's-token";

    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate = NewCertificate();
    private readonly List<Task> _loops = [];
    private SandboxApp? _app;
    private KubeletLoop? _kubelet;

    internal ObjectStore Store { get; } = new(TimeProvider.System);

    internal FaultPlan Faults { get; } = new();

    internal PodTime Time { get; } = new(TimeProvider.System, 50);

    internal Uri Address => _app!.Address;

    internal X509Certificate2 Certificate => _certificate;

    /// <summary>An HTTP client of its own, so that a cut connection hurts nobody else.</summary>
    internal HttpClient Client(string? token = AdminToken, Version? version = null)
    {
#pragma warning disable CA2000 // The client disposes of it.
        var handler = new SocketsHttpHandler();
#pragma warning restore CA2000
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString();
        var client = new HttpClient(handler) { BaseAddress = Address, DefaultRequestVersion = version ?? HttpVersion.Version11, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    internal async Task<SandboxAnswer> SendAsync(HttpMethod method, string path, JsonNode? body = null, string contentType = "application/json", string? token = AdminToken, string? accept = null)
    {
        using var client = Client(token);
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue(contentType));
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await SandboxAnswer.OfAsync(response);
    }

    internal Task<SandboxAnswer> GetAsync(string path, string? accept = null, string? token = AdminToken) => SendAsync(HttpMethod.Get, path, token: token, accept: accept);

    internal Task<SandboxAnswer> PostAsync(string path, JsonNode body, string? token = AdminToken) => SendAsync(HttpMethod.Post, path, body, token: token);

    internal Task<SandboxAnswer> PatchAsync(string path, JsonNode body, string kind = "merge-patch+json") => SendAsync(HttpMethod.Patch, path, body, $"application/{kind}");

    internal Task<SandboxAnswer> DeleteAsync(string path, JsonNode? options = null) => SendAsync(HttpMethod.Delete, path, options);

    /// <summary>A namespace that no other test uses.</summary>
    internal async Task<string> NewNamespaceAsync()
    {
        var name = "test-" + RandomSuffix.Next();
        (await PostAsync("/api/v1/namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } })).MustBe(201);
        return name;
    }

    public async ValueTask InitializeAsync()
    {
        _kubelet = new KubeletLoop(Store, Time, Faults);
        var settings = new SandboxSettings(_certificate, AdminToken) { Time = Time, UserTokens = new Dictionary<string, string> { [JaneToken] = "jane" } };
        _app = await SandboxApp.StartAsync(settings, Store, Faults, new PodRuntime(_kubelet, Faults, Time), TestContext.Current.CancellationToken);
        InitialObjects.Ensure(Store, Time.Now);
        var controllers = Controllers.Loop(new ControlPlane(Store, Time, Faults), NullLogger.Instance);
        _loops.Add(Task.Run(() => controllers.RunAsync(_stop.Token)));
        _loops.Add(Task.Run(() => _kubelet.RunAsync(_stop.Token)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_loops.Select(loop => loop.ContinueWith(_ => { }, TaskScheduler.Default)));
        await _app!.DisposeAsync();
        _kubelet!.Dispose();
        _certificate.Dispose();
        _stop.Dispose();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sandbox under test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }
}

/// <summary>What a sandbox answered.</summary>
internal sealed record SandboxAnswer(int Code, string Text, JsonNode? Json, string? Warning, string? RetryAfter)
{
    public string? Reason => Json.Text("reason");

    public string? Message => Json.Text("message");

    public static async Task<SandboxAnswer> OfAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var json = response.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0 ? JsonNode.Parse(text) : null;
        response.Headers.TryGetValues("Warning", out var warnings);
        return new SandboxAnswer((int)response.StatusCode, text, json, warnings?.FirstOrDefault(), response.Headers.RetryAfter?.ToString());
    }

    /// <summary>Shows the whole answer where it is another than expected.</summary>
    public SandboxAnswer MustBe(int code, string? reason = null)
    {
        Assert.True(Code == code && (reason is null || Reason == reason), $"expected {code} {reason}, got {Code}: {Text}");
        return this;
    }
}
