using System.Text.Json;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;

namespace DifyUpgrade.Sandbox;

/// <summary>A patch as it was sent.</summary>
/// <param name="MediaType">What kind of patch it is.</param>
/// <param name="Body">The patch.</param>
internal sealed record ObjectPatch(string MediaType, JsonNode Body)
{
    /// <summary>RFC 6902.</summary>
    public const string JsonPatchType = "application/json-patch+json";

    /// <summary>RFC 7386.</summary>
    public const string MergePatchType = "application/merge-patch+json";

    /// <summary>Kubernetes' own, which knows how lists merge.</summary>
    public const string StrategicType = "application/strategic-merge-patch+json";

    /// <summary>Server-side apply; its body is YAML by name, JSON by habit.</summary>
    public const string ApplyType = "application/apply-patch+yaml";

    /// <summary>The types that are understood.</summary>
    public static readonly IReadOnlyList<string> MediaTypes = [JsonPatchType, MergePatchType, StrategicType, ApplyType];

    /// <summary>Whether it is a server-side apply, which may create the object.</summary>
    public bool IsApply => MediaType == ApplyType;

    /// <summary>Reads a patch.</summary>
    /// <exception cref="ApiException">400: it is no JSON.</exception>
    public static ObjectPatch Read(string mediaType, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return new ObjectPatch(mediaType, StrictJson.Parse(bytes.Span) ?? Null(mediaType));
        }
        catch (JsonException problem)
        {
            throw ApiException.BadRequest(Prefix(mediaType) + StrictJson.Complaint(problem, bytes.Span));
        }
    }

    /// <summary>The object that the patch makes.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="current">The object as it is; null where there is none, which only apply takes.</param>
    /// <param name="options">Who applies.</param>
    public JsonObject Apply(ResourceType type, JsonObject? current, ApplyOptions options)
    {
        if (IsApply)
            return ServerSideApply.Apply(type, current, Object(), options);
        return MediaType switch
        {
            JsonPatchType => JsonPatch.Apply(current!, Body as JsonArray ?? throw Unreadable("[]handlers.jsonPatchOp")),
            StrategicType => StrategicMerge.Apply(type, current!, Object()),
            _ => MergePatch.Apply(current!, Object()),
        };
    }

    /// <summary>That what the patch makes is no object of its kind: the fault of the patch, not of the request.</summary>
    /// <param name="patched">What it makes.</param>
    /// <param name="why">What the decoder says of it.</param>
    public ApiException Invalid(JsonNode patched, string why)
    {
        var shown = MediaType == StrategicType ? JsonWords.GoMap(Body) : JsonWords.Compact(patched);
        var problem = $"Invalid value: {JsonWords.Quote(shown)}: {why}";
        return new ApiException(422, "Invalid", $" \"\" is invalid: patch: {problem}")
        {
            Details = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["reason"] = "FieldValueInvalid", ["message"] = problem, ["field"] = "patch" }) },
        };
    }

    /// <summary>The patch, where it has to be an object.</summary>
    /// <exception cref="ApiException">400: it is none.</exception>
    public JsonObject Object() => Body as JsonObject ?? throw Unreadable("map[string]interface {}");

    // A patch that is null changes nothing; only a merge patch would have to make null of the object.
    private static JsonNode Null(string mediaType) => mediaType switch
    {
        JsonPatchType => new JsonArray(),
        MergePatchType => throw ApiException.BadRequest("Invalid JSON Patch"),
        _ => new JsonObject(),
    };

    private static string Prefix(string mediaType) => mediaType switch
    {
        StrategicType => "",
        ApplyType => "error decoding YAML: ",
        _ => "error decoding patch: ",
    };

    private ApiException Unreadable(string type) => ApiException.BadRequest($"{Prefix(MediaType)}json: cannot unmarshal {JsonWords.KindOf(Body)} into Go value of type {type}");
}
