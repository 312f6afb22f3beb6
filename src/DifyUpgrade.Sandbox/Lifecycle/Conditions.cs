using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>One of the conditions in an object's status.</summary>
/// <param name="Type">What it is about.</param>
/// <param name="Status"><c>True</c>, <c>False</c> or <c>Unknown</c>.</param>
/// <param name="Reason">One word for why.</param>
/// <param name="Message">What a person reads.</param>
internal sealed record Condition(string Type, string Status, string Reason, string Message);

/// <summary>Reads and writes the conditions of a status.</summary>
internal static class Conditions
{
    /// <summary>The condition of a type.</summary>
    /// <returns>Null where there is none.</returns>
    public static JsonObject? Condition(this JsonNode? body, string type) =>
        body.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == type);

    /// <summary>Whether the condition of a type is true.</summary>
    public static bool IsTrue(this JsonNode? body, string type) => body.Condition(type).Text("status") == "True";

    /// <summary>Sets a condition unless it says so already.</summary>
    /// <param name="body">The object.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="now">The stamp of now.</param>
    /// <param name="updated">Whether the kind's conditions also tell when they were last written.</param>
    public static void SetCondition(this JsonObject body, Condition condition, string now, bool updated = true)
    {
        var before = body.Condition(condition.Type);
        if (before is null || before.Text("status") != condition.Status || before.Text("reason") != condition.Reason || (before.Text("message") ?? "") != condition.Message)
            body.PutCondition(condition, now, updated);
    }

    /// <summary>Writes a condition; the time of its transition only moves when its status does.</summary>
    /// <param name="body">The object.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="now">The stamp of now.</param>
    /// <param name="updated">Whether the kind's conditions also tell when they were last written.</param>
    public static void PutCondition(this JsonObject body, Condition condition, string now, bool updated = true)
    {
        var before = body.Condition(condition.Type);
        var after = new JsonObject { ["type"] = condition.Type, ["status"] = condition.Status };
        if (updated)
            after["lastUpdateTime"] = now;
        after["lastTransitionTime"] = before is not null && before.Text("status") == condition.Status ? before.Text("lastTransitionTime") : now;
        if (condition.Reason.Length > 0)
            after["reason"] = condition.Reason;
        if (condition.Message.Length > 0)
            after["message"] = condition.Message;
        body.RemoveCondition(condition.Type);
        All(body).Add(after);
    }

    /// <summary>Takes a condition out.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool RemoveCondition(this JsonObject body, string type)
    {
        if (body.Condition(type) is not { } before)
            return false;
        var all = All(body);
        all.Remove(before);
        if (all.Count == 0)
            body.Child("status").Remove("conditions");
        return true;
    }

    private static JsonArray All(JsonObject body)
    {
        var status = body.Child("status");
        if (status["conditions"] is JsonArray all)
            return all;
        all = [];
        status["conditions"] = all;
        return all;
    }
}
