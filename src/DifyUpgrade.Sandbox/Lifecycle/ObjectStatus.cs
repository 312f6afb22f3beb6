using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>Writes statuses as Go writes them: a count of zero is left out.</summary>
internal static class ObjectStatus
{
    /// <summary>Sets a count.</summary>
    public static JsonObject SetCount(this JsonObject status, string field, long count)
    {
        if (count == 0)
            status.Remove(field);
        else
            status[field] = count;
        return status;
    }

    /// <summary>Notes the generation of the specification that the status is about.</summary>
    public static JsonObject SetObserved(this JsonObject status, JsonObject body) =>
        status.SetCount("observedGeneration", body.Number("metadata", "generation") ?? 0);
}
