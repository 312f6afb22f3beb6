using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;

namespace DifyUpgrade.Sandbox.Tests.Objects.Recording;

/// <summary>Answers the requests of a case with nothing but the pure functions, in the order in which a server uses them.</summary>
internal sealed class PureServer(ResourceType type)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private JsonObject? _current;

    /// <summary>The answer to a request: the object, or a Status.</summary>
    public JsonObject Answer(CaseStep step)
    {
        try
        {
            _current = Write(step);
            return (JsonObject)_current.DeepClone();
        }
        catch (ApiException refusal)
        {
            return new JsonObject { ["kind"] = "Status", ["code"] = refusal.Code, ["reason"] = refusal.Reason, ["message"] = refusal.Message, ["details"] = refusal.Details?.DeepClone() };
        }
    }

    private JsonObject Write(CaseStep step)
    {
        var options = new ApplyOptions(step.Manager, step.IsForced, Start.AddSeconds(step.Number));
        var next = step.Verb switch
        {
            "create" or "update" => (JsonObject)step.Body.DeepClone(),
            "strategic" => StrategicMerge.Apply(type, _current!, (JsonObject)step.Body),
            "merge" => MergePatch.Apply(_current!, (JsonObject)step.Body),
            "json" => JsonPatch.Apply(_current!, (JsonArray)step.Body),
            _ => ServerSideApply.Apply(type, _current, Checked((JsonObject)step.Body), options),
        };
        Checked(next);
        next.Child("metadata")["namespace"] = type.Namespaced ? "somewhere" : null;
        Defaults.Apply(type, next);
        Validation.Check(type, next, _current);
        if (step.Verb != "apply" && !IsUnchanged(next))
            ManagedFields.Track(type, _current, next, options);
        return next;
    }

    private bool IsUnchanged(JsonObject next)
    {
        if (_current is null)
            return false;
        var metadata = next.Child("metadata");
        metadata["managedFields"] ??= _current["metadata"]!["managedFields"]?.DeepClone();
        return JsonNode.DeepEquals(_current, next);
    }

    private JsonObject Checked(JsonObject body)
    {
        FieldCheck.Unknown(type, body);
        return body;
    }
}
