using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Lifecycle.Scheduling;

/// <summary>What keeps pods away from a node, and which pods do not mind.</summary>
internal static class Taints
{
    /// <summary>A node that says it is not ready.</summary>
    public const string NotReady = "node.kubernetes.io/not-ready";

    /// <summary>A node that says nothing.</summary>
    public const string Unreachable = "node.kubernetes.io/unreachable";

    /// <summary>The first taint of a node that keeps a pod from being put there.</summary>
    /// <returns>Null where none does.</returns>
    public static JsonObject? Against(JsonObject node, JsonObject pod) => node.Items("spec", "taints")
        .FirstOrDefault(taint => taint.Text("effect") is "NoSchedule" or "NoExecute" && !Tolerations(pod, taint).Any());

    /// <summary>The tolerations of a pod for a taint.</summary>
    public static IEnumerable<JsonObject> Tolerations(JsonObject pod, JsonObject taint) => pod.Items("spec", "tolerations").Where(toleration =>
        (toleration.Text("effect") is null or "" || toleration.Text("effect") == taint.Text("effect"))
        && (toleration.Text("key") is null or "" || toleration.Text("key") == taint.Text("key"))
        && (toleration.Text("operator") == "Exists" || (toleration.Text("value") ?? "") == (taint.Text("value") ?? "")));
}
