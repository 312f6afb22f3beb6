using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace DifyUpgrade.Sandbox.Pods.Images;

/// <summary>A reference to an image, as containers name it.</summary>
/// <param name="Repository">With registry and, on Docker Hub, <c>library/</c>.</param>
/// <param name="Tag">The tag; <c>latest</c> where none is given.</param>
/// <param name="Digest">The digest, where one is given.</param>
internal sealed partial record ImageReference(string Repository, string Tag, string? Digest)
{
    /// <summary>The full name.</summary>
    public string FullName => Digest is null ? $"{Repository}:{Tag}" : $"{Repository}@{Digest}";

    /// <summary>What the stand-in's content is called; the same for the same name, as a registry would have it.</summary>
    public string ImageId => $"{Repository}@{Digest ?? "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FullName)))}";

    /// <summary>Reads a reference.</summary>
    /// <returns>Null where it is none.</returns>
    public static ImageReference? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
            return null;
        var (host, path) = (match.Groups["host"].Value.TrimEnd('/'), match.Groups["path"].Value);
        var repository = host.Length > 0 ? $"{host}/{path}" : path.Contains('/', StringComparison.Ordinal) ? $"docker.io/{path}" : $"docker.io/library/{path}";
        return new ImageReference(repository, match.Groups["tag"].Success ? match.Groups["tag"].Value : "latest", match.Groups["digest"].Success ? match.Groups["digest"].Value : null);
    }

    // github.com/distribution/reference: the first part is a registry if it has a dot or a port, or is localhost.
    [GeneratedRegex(@"^(?<host>(localhost|[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+|[a-zA-Z0-9-]+(?=:\d+/))(:\d+)?/)?(?<path>[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*)(:(?<tag>\w[\w.-]{0,127}))?(@(?<digest>sha256:[0-9a-f]{64}))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
