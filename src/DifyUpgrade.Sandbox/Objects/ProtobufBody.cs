using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Bodies in Kubernetes' protobuf form: <c>k8s\0</c>, then a <c>runtime.Unknown</c> with kind and message.</summary>
internal static class ProtobufBody
{
    /// <summary>Whether a body is in that form.</summary>
    public static bool IsProtobuf(ReadOnlySpan<byte> body) => body.StartsWith("k8s\0"u8);

    /// <summary>The object in it.</summary>
    /// <exception cref="ApiException">400: it cannot be read. 415: its kind is not known in this form.</exception>
    public static JsonObject Read(ReadOnlySpan<byte> body) => throw new ApiException(415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml");
}
