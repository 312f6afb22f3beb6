using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox;

/// <summary>A refusal, which the routes answer as a Kubernetes <c>Status</c>.</summary>
/// <param name="code">The HTTP status code.</param>
/// <param name="reason">The machine-readable reason, as <c>metav1.StatusReason</c> spells it.</param>
/// <param name="message">What a person reads, worded as the real API server words it.</param>
internal sealed class ApiException(int code, string reason, string message) : Exception(message)
{
    /// <summary>The HTTP status code.</summary>
    public int Code { get; } = code;

    /// <summary>The machine-readable reason; empty where there is none.</summary>
    public string Reason { get; } = reason;

    /// <summary>The Status' <c>details</c>, where there are any.</summary>
    public JsonObject? Details { get; init; }

    /// <summary>There is no such object.</summary>
    public static ApiException NotFound(ResourceType type, string name) =>
        new(404, "NotFound", $"{type.QualifiedPlural} \"{name}\" not found") { Details = DetailsOf(type, name) };

    /// <summary>There is one of that name already.</summary>
    public static ApiException AlreadyExists(ResourceType type, string name) =>
        new(409, "AlreadyExists", $"{type.QualifiedPlural} \"{name}\" already exists") { Details = DetailsOf(type, name) };

    /// <summary>The object changed since it was read, or is in a state that does not allow the change.</summary>
    public static ApiException Conflict(ResourceType type, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.QualifiedPlural} \"{name}\": {why}") { Details = DetailsOf(type, name) };

    /// <summary>The request makes no sense.</summary>
    public static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    /// <summary>What the real server takes for its own failure, although the request is to blame: 500 without a reason.</summary>
    public static ApiException Unclassified(string message) => new(500, "", message);

    /// <summary>The version asked for is compacted away.</summary>
    public static ApiException Expired(string message) => new(410, "Expired", message);

    private static JsonObject DetailsOf(ResourceType type, string name)
    {
        var details = new JsonObject { ["name"] = name };
        if (type.Group.Length > 0)
            details["group"] = type.Group;
        details["kind"] = type.Plural;
        return details;
    }
}
