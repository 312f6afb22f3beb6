using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Tests.Objects.Recording;

/// <summary>Kinds that Kubernetes 1.20 has under an older version with the same fields.</summary>
internal static class OldVersions
{
    private static readonly Dictionary<string, string> OldByNew = new()
    {
        ["autoscaling/v2"] = "autoscaling/v2beta2",
        ["policy/v1"] = "policy/v1beta1",
        ["discovery.k8s.io/v1"] = "discovery.k8s.io/v1beta1",
    };

    /// <summary>The version to ask 1.20 for.</summary>
    public static string Backward(string version) => OldByNew.GetValueOrDefault(version, version);

    /// <summary>An object for 1.20.</summary>
    public static JsonObject Backward(JsonObject body)
    {
        var old = (JsonObject)body.DeepClone();
        old["apiVersion"] = old.Text("kind") == "CronJob" ? "batch/v1beta1" : Backward(old.Text("apiVersion")!);
        return old;
    }

    /// <summary>An answer of 1.20 in today's versions.</summary>
    public static JsonNode Forward(JsonNode answer)
    {
        var text = answer.ToJsonString();
        foreach (var (today, old) in OldByNew)
            text = text.Replace($"\"{old}\"", $"\"{today}\"", StringComparison.Ordinal);
        return JsonNode.Parse(text.Replace("\"batch/v1beta1\"", "\"batch/v1\"", StringComparison.Ordinal))!;
    }
}
