using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Webhooks;

/// <summary>Calls webhooks. One behind a Service is never reached: pods have no network here.</summary>
/// <param name="store">Where the Services are.</param>
internal sealed class WebhookCall(ObjectStore store)
{
    /// <summary>What a webhook answers.</summary>
    /// <exception cref="WebhookFailure">Nothing, or nothing useful.</exception>
    public JsonNode Answer(JsonObject webhook, JsonObject review)
    {
        var seconds = webhook.Number("timeoutSeconds") ?? 10;
        var client = webhook["clientConfig"] as JsonObject ?? [];
        var address = $"{client.Text("url") ?? Service(client)}?timeout={seconds}s";
        try
        {
            if (client["service"] is JsonObject service)
                throw new WebhookFailure(Unreachable(service));
            return Post(new Uri(address), client.Text("caBundle"), review, TimeSpan.FromSeconds(seconds));
        }
        catch (Exception failure) when (failure is WebhookFailure or HttpRequestException or OperationCanceledException or IOException)
        {
            throw new WebhookFailure($"failed to call webhook: Post \"{address}\": {Words(failure, new Uri(address))}");
        }
    }

    // The controllers and the routes write synchronously, and so must the question be.
    private static JsonNode Post(Uri address, string? authorities, JsonObject review, TimeSpan timeout)
    {
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, shown, _, problems) => IsTrusted(shown, problems, authorities) };
        using var client = new HttpClient(handler) { Timeout = timeout };
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(review.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        using var response = client.Send(request);
        using var content = new StreamReader(response.Content.ReadAsStream());
        if (!response.IsSuccessStatusCode)
            throw new WebhookFailure("an error on the server (\"unknown\") has prevented the request from succeeding");
        return JsonNode.Parse(content.ReadToEnd()) ?? throw new WebhookFailure("received invalid webhook response: nothing");
    }

    private static bool IsTrusted(X509Certificate2? shown, SslPolicyErrors problems, string? authorities)
    {
        if (problems == SslPolicyErrors.None || shown is null || authorities is null || problems.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return problems == SslPolicyErrors.None;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(Encoding.UTF8.GetString(Convert.FromBase64String(authorities)));
        return chain.Build(shown);
    }

    private static string Words(Exception failure, Uri address) => failure switch
    {
        WebhookFailure said => said.Message,
        OperationCanceledException => "context deadline exceeded",
        { InnerException: AuthenticationException } => "tls: failed to verify certificate: x509: certificate signed by unknown authority",
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => $"dial tcp {address.Host}:{address.Port}: connect: connection refused",
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } } => $"dial tcp: lookup {address.Host}: no such host",
        _ => failure.Message,
    };

    private static string Service(JsonObject client) =>
        $"https://{client.Text("service", "name")}.{client.Text("service", "namespace")}.svc:{client.At("service").Number("port") ?? 443}{client.Text("service", "path") ?? "/"}";

    private string Unreachable(JsonObject service)
    {
        var (space, name) = (service.Text("namespace") ?? "", service.Text("name") ?? "");
        if (store.Get(ResourceTypes.Services, space, name) is not { } found)
            return $"service \"{name}\" not found";
        var isServed = store.Get(ResourceTypes.Endpoints, space, name)?.Body.Items("subsets").Any(subset => subset.Items("addresses").Any()) is true;
        return isServed ? $"dial tcp {found.Body.Text("spec", "clusterIP")}:{service.Number("port") ?? 443}: connect: connection refused" : $"no endpoints available for service \"{name}\"";
    }
}
