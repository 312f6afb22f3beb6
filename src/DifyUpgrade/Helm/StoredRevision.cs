using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Helm;

/// <summary>
/// A revision as helm 3 and 4 keep it: a Secret whose <c>release</c> is JSON, compressed, in base64 (and once more by
/// Kubernetes). helm has no command that ends a pending revision without a rollout, so this writes what helm would.
/// </summary>
internal static class StoredRevision
{
    private const string StatusLabel = "status";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    // Values and a chart's schema may be nested deeper than System.Text.Json expects.
    private const int MaxDepth = 1000;

    /// <summary>The name of the Secret.</summary>
    /// <param name="release">The release.</param>
    /// <param name="revision">The revision.</param>
    public static string NameOf(string release, int revision) => $"sh.helm.release.v1.{release}.v{revision}";

    /// <summary>The state that the Secret's label tells.</summary>
    /// <param name="secret">The Secret.</param>
    /// <returns>helm's word; empty when it has none.</returns>
    public static string StatusOf(JsonObject secret) => secret["metadata"]?["labels"]?[StatusLabel]?.ToString() ?? "";

    /// <summary>Marks the revision failed, as helm does by itself when it is interrupted.</summary>
    /// <param name="secret">The Secret; changed in place.</param>
    /// <param name="description">What <c>helm history</c> will say about it.</param>
    /// <exception cref="FormatException">helm keeps it in a form that this project does not know.</exception>
    public static void MarkFailed(JsonObject secret, string description)
    {
        var release = Decode(secret["data"]?["release"]?.ToString() ?? throw new FormatException("it has no 'release'"));
        if (release["info"] is not JsonObject info)
            throw new FormatException("its release has no 'info'");
        info["status"] = "failed";
        info["description"] = description;
        secret["data"]!["release"] = Encode(release);
        secret["metadata"]!["labels"]![StatusLabel] = "failed";
    }

    private static JsonObject Decode(string data)
    {
        try
        {
            using var packed = new MemoryStream(Convert.FromBase64String(Encoding.ASCII.GetString(Convert.FromBase64String(data))));
            using var plain = new GZipStream(packed, CompressionMode.Decompress);
            return JsonNode.Parse(plain, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth }) as JsonObject ?? throw new FormatException("its release is no object");
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or JsonException)
        {
            throw new FormatException("its release cannot be read: " + unreadable.GetType().Name, unreadable);
        }
    }

    private static string Encode(JsonObject release)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(JsonSerializer.SerializeToUtf8Bytes(release, Json));
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(packed.ToArray())));
    }
}
