using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Hosting;

/// <summary>The kubeconfig of a sandbox. Written as JSON, which every reader of YAML reads.</summary>
internal static class KubeconfigFile
{
    /// <summary>The name of its cluster and context.</summary>
    public const string Context = "dify-upgrade-sandbox";

    /// <summary>Writes it for one user.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="identity">The certificate to trust.</param>
    /// <param name="user">The user's name.</param>
    /// <param name="token">The user's token.</param>
    public static void Write(string path, Identity identity, string user, string token)
    {
        using var certificate = identity.Certificate();
        var config = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["clusters"] = Named("cluster", Context, new JsonObject
            {
                ["server"] = $"https://127.0.0.1:{identity.Port}",
                ["certificate-authority-data"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem())),
            }),
            ["users"] = Named("user", user, new JsonObject { ["token"] = token }),
            ["contexts"] = Named("context", Context, new JsonObject { ["cluster"] = Context, ["user"] = user }),
            ["current-context"] = Context,
        };
        SandboxFolder.Write(path, stream => JsonSerializer.Serialize(stream, config, SandboxJson.Indented));
    }

    private static JsonArray Named(string what, string name, JsonObject value) => [new JsonObject { ["name"] = name, [what] = value }];
}
