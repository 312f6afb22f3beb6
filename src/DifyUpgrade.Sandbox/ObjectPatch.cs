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
            JsonPatchType => JsonPatch.Apply(current!, Body as JsonArray ?? throw ApiException.BadRequest("json: cannot unmarshal object into Go value of type jsonpatch.Patch")),
            StrategicType => StrategicMerge.Apply(type, current!, Object()),
            _ => MergePatch.Apply(current!, Body as JsonObject ?? throw Invalid(Body, $"couldn't get version/kind; json parse error: {Unreadable("struct")}")),
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
    public JsonObject Object() => Body as JsonObject ?? throw ApiException.BadRequest(Unreadable("map[string]interface {}"));

    private string Unreadable(string type) => $"json: cannot unmarshal {JsonWords.KindOf(Body)} into Go value of type {type}";
}
