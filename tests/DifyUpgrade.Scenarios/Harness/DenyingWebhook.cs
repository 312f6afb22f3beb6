using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Scenarios.Harness;

/// <summary>An admission webhook on this machine that refuses everything it is asked for.</summary>
internal sealed class DenyingWebhook : IAsyncDisposable
{
    private readonly string _why;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <summary>Starts it.</summary>
    /// <param name="why">What it says when it refuses.</param>
    public DenyingWebhook(string why)
    {
        (_why, _certificate) = (why, Certify());
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Address => $"https://{_listener.LocalEndpoint}/";

    /// <summary>Whom one has to trust to believe it, as a webhook's <c>caBundle</c>.</summary>
    public string Authority => Convert.ToBase64String(Encoding.ASCII.GetBytes(_certificate.ExportCertificatePem()));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
        _certificate.Dispose();
    }

    private static X509Certificate2 Certify()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=webhook", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));

        // Only a key that came from a file serves TLS on every system.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(client);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    // Whoever asks and hangs up is asked for nothing more: the next one comes.
    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            await using var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsServerAsync(_certificate);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var length = 0;
            while (await reader.ReadLineAsync() is { Length: > 0 } header)
                length = header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase) ? int.Parse(header[15..], System.Globalization.CultureInfo.InvariantCulture) : length;
            var body = new char[length];
            await reader.ReadBlockAsync(body);
            var answer = Encoding.UTF8.GetBytes(Refusal(JsonNode.Parse(new string(body))!));
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(answer);
            await stream.ShutdownAsync();
        }
        catch (IOException)
        {
        }
    }

    private string Refusal(JsonNode review) => JsonSerializer.Serialize(new
    {
        apiVersion = "admission.k8s.io/v1",
        kind = "AdmissionReview",
        response = new { uid = review["request"]!["uid"]!.ToString(), allowed = false, status = new { code = 403, message = _why } },
    });
}
