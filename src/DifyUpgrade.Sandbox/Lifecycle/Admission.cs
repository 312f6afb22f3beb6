using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Pods;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>
/// What the API server's admission does to every new object, whoever makes it: routes call it after defaulting, and so
/// do controllers that make pods.
/// </summary>
/// <param name="store">Where the namespace's rules are.</param>
internal sealed class Admission(ObjectStore store)
{
    /// <summary>Completes a new object, or refuses it.</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="body">The object, with name and namespace.</param>
    /// <exception cref="ApiException">403: the namespace is going, or a quota is used up.</exception>
    public void Admit(ResourceType type, JsonObject body)
    {
        if (type.Namespaced)
            MustNotBeGoing(type, body);
        if (type == ResourceTypes.Pods)
            CompletePod(body);
    }

    private void MustNotBeGoing(ResourceType type, JsonObject body)
    {
        var space = body.Text("metadata", "namespace") ?? "";
        if (store.Get(ResourceTypes.Namespaces, "", space) is { IsTerminating: true })
            throw Forbidden(type, body, $"unable to create new content in namespace {space} because it is being terminated");
    }

    /// <summary>A refusal worded as admission words it.</summary>
    public static ApiException Forbidden(ResourceType type, JsonObject body, string why) =>
        new(403, "Forbidden", $"{type.QualifiedPlural} \"{body.Text("metadata", "name")}\" is forbidden: {why}")
        {
            Details = new JsonObject { ["name"] = body.Text("metadata", "name"), ["group"] = type.Group, ["kind"] = type.Plural },
        };

    private static void CompletePod(JsonObject body)
    {
        var spec = body.Child("spec");
        spec["serviceAccountName"] ??= "default";
        spec["serviceAccount"] ??= spec.Text("serviceAccountName");
        spec["priority"] ??= 0;
        spec["preemptionPolicy"] ??= "PreemptLowerPriority";
        spec["enableServiceLinks"] ??= true;
        Tolerate(spec, "node.kubernetes.io/not-ready");
        Tolerate(spec, "node.kubernetes.io/unreachable");
        var status = body.Child("status");
        status["phase"] = "Pending";
        status["qosClass"] = QualityOfService.Of(spec);
    }

    // Every pod stays for five minutes on a node that does not answer, unless it says otherwise.
    private static void Tolerate(JsonObject spec, string taint)
    {
        if (spec["tolerations"] is not JsonArray tolerations)
            spec["tolerations"] = tolerations = [];
        if (!tolerations.OfType<JsonObject>().Any(toleration => (toleration.Text("key") ?? taint) == taint && toleration.Text("effect") is null or "NoExecute"))
            tolerations.Add(new JsonObject { ["key"] = taint, ["operator"] = "Exists", ["effect"] = "NoExecute", ["tolerationSeconds"] = 300 });
    }
}
