using System.Text.Json.Nodes;
using Google.Protobuf;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>
/// Bodies in Kubernetes' protobuf form, which kubectl from 1.32 and helm from 3.17 send for the built-in kinds: <c>k8s\0</c>,
/// then a <c>runtime.Unknown</c> with the kind and the message.
/// </summary>
internal static class ProtobufBody
{
    private const int KindField = 1;
    private const int MessageField = 2;

    /// <summary>Kinds that are sent but never stored.</summary>
    private static readonly HashSet<string> Passing = ["DeleteOptions", "Eviction", "Binding", "SelfSubjectAccessReview", "SelfSubjectRulesReview", "SelfSubjectReview", "TokenRequest"];

    /// <summary>Whether a body is in that form.</summary>
    public static bool IsProtobuf(ReadOnlySpan<byte> body) => body.StartsWith("k8s\0"u8);

    /// <summary>The object in it.</summary>
    /// <exception cref="ApiException">400: it cannot be read, or its kind is not known.</exception>
    public static JsonObject Read(ReadOnlySpan<byte> body)
    {
        if (!IsProtobuf(body))
            throw ApiException.BadRequest("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        try
        {
            return ReadEnvelope(body[4..].ToArray());
        }
        catch (InvalidProtocolBufferException broken)
        {
            throw ApiException.BadRequest($"the protobuf body cannot be read: {broken.Message}");
        }
    }

    private static JsonObject ReadEnvelope(byte[] bytes)
    {
        var (version, kind, message) = ("", "", Array.Empty<byte>());
        using var input = new CodedInputStream(bytes);
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case KindField when IsBytes(tag):
                    (version, kind) = ReadKind(input.ReadBytes().ToByteArray());
                    break;
                case MessageField when IsBytes(tag):
                    message = input.ReadBytes().ToByteArray();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        var read = new ProtobufReader(SchemaOf(version, kind)).Read(message);
        read.Insert(0, "apiVersion", version);
        read.Insert(1, "kind", kind);
        return read;
    }

    private static (string Version, string Kind) ReadKind(byte[] bytes)
    {
        var (version, kind) = ("", "");
        using var input = new CodedInputStream(bytes);
        while (input.ReadTag() is not 0 and var tag)
        {
            if (tag == WireFormat.MakeTag(1, WireFormat.WireType.LengthDelimited))
                version = input.ReadString();
            else if (tag == WireFormat.MakeTag(2, WireFormat.WireType.LengthDelimited))
                kind = input.ReadString();
            else
                input.SkipLastField();
        }

        return (version, kind);
    }

    private static Schema SchemaOf(string version, string kind)
    {
        if (ResourceTypes.OfKind(version, kind) is { } type)
            return Schema.Of(type);
        return Passing.Contains(kind) && Schema.Named(kind) is { } schema
            ? schema
            : throw ApiException.BadRequest($"no kind \"{kind}\" is registered for version \"{version}\" in scheme \"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\"");
    }

    private static bool IsBytes(uint tag) => WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited;
}
