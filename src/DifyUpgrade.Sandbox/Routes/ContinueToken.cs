using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>Where a list that was cut into pages goes on.</summary>
/// <param name="Version">The version of the first page.</param>
/// <param name="Namespace">Namespace of the last object shown.</param>
/// <param name="Name">Name of the last object shown.</param>
internal sealed record ContinueToken(long Version, string Namespace, string Name)
{
    /// <summary>Reads what a client sends back.</summary>
    /// <exception cref="ApiException">It is none of ours.</exception>
    public static ContinueToken Read(string text)
    {
        try
        {
            var json = JsonNode.Parse(Base64Url.DecodeFromChars(text));
            if (json.Text("v") == "meta.k8s.io/v1" && json.Number("rv") is { } version && json.Text("start")?.Split('/') is [var space, var name])
                return new ContinueToken(version, space, name);
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            // Said below.
        }

        throw ApiException.BadRequest("continue key is not valid: it was not made by this server");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Base64Url.EncodeToString(new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = Version, ["start"] = $"{Namespace}/{Name}" }.Utf8());

    /// <summary>Whether an object comes after the last one shown.</summary>
    public bool IsBefore(string space, string name) =>
        string.CompareOrdinal(space, Namespace) is not 0 and var spaces ? spaces > 0 : string.CompareOrdinal(name, Name) > 0;
}
