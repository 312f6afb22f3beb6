using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Defaults of an autoscaler's behavior: an object that says something about it says everything.</summary>
internal static class ScalingDefaults
{
    /// <summary>A behavior; null where the autoscaler has none.</summary>
    public static void Behavior(JsonObject? behavior)
    {
        if (behavior is null)
            return;
        var up = behavior.Child("scaleUp");
        up.Default("stabilizationWindowSeconds", 0L);
        up.Default("selectPolicy", "Max");
        up.Default("policies", new JsonArray(Policy("Pods", 4), Policy("Percent", 100)));
        var down = behavior.Child("scaleDown");
        down.Default("selectPolicy", "Max");
        down.Default("policies", new JsonArray(Policy("Percent", 100)));
    }

    private static JsonObject Policy(string type, long value) => new() { ["type"] = type, ["value"] = value, ["periodSeconds"] = 15L };
}
