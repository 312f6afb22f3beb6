using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace DifyUpgrade.Sandbox.Hosting;

/// <summary>What a sandbox shows and asks for: kept from start to start, so that a kubeconfig somebody copied stays good.</summary>
/// <param name="Pem">The certificate and its private key.</param>
/// <param name="Token">The administrator's bearer token.</param>
/// <param name="RestrictedToken">The token of the user <c>restricted</c>.</param>
/// <param name="Port">The port on loopback; 0 before the first start.</param>
internal sealed record Identity(string Pem, string Token, string RestrictedToken, int Port)
{
    /// <summary>The certificate with its key.</summary>
    public X509Certificate2 Certificate()
    {
        var certificate = X509Certificate2.CreateFromPem(Pem, Pem);

        // Windows serves TLS only with a key that went through a key store.
        return OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null) : certificate;
    }

    /// <summary>The identity of a folder's sandbox, made on its first start.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">Dates the certificate.</param>
    public static Identity Of(SandboxFolder folder, TimeProvider time)
    {
        if (File.Exists(folder.Identity))
            return JsonSerializer.Deserialize<Identity>(File.ReadAllBytes(folder.Identity))!;
        return new Identity(NewCertificate(time), NewToken(), NewToken(), 0);
    }

    /// <summary>Keeps it for the next start.</summary>
    /// <param name="folder">The sandbox's folder.</param>
    public void Save(SandboxFolder folder) => SandboxFolder.Write(folder.Identity, stream => JsonSerializer.Serialize(stream, this));

    private static string NewToken() => RandomNumberGenerator.GetHexString(40, lowercase: true);

    private static string NewCertificate(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=dify-upgrade-sandbox", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddYears(10));
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }
}
