using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle.Scheduling;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.DaemonSets;

/// <summary>The pods of a DaemonSet: made for one node each.</summary>
/// <param name="plane">Where they go.</param>
/// <param name="set">The DaemonSet.</param>
/// <param name="revision">The revision it is to have.</param>
internal sealed class DaemonPods(ControlPlane plane, StoredObject set, StoredObject revision)
{
    /// <summary>The annotation that counts a DaemonSet's templates.</summary>
    public const string Generation = "deprecated.daemonset.template.generation";

    private static readonly (string Key, string Effect)[] Tolerated =
    [
        (Taints.NotReady, "NoExecute"),
        (Taints.Unreachable, "NoExecute"),
        ("node.kubernetes.io/disk-pressure", "NoSchedule"),
        ("node.kubernetes.io/memory-pressure", "NoSchedule"),
        ("node.kubernetes.io/pid-pressure", "NoSchedule"),
        ("node.kubernetes.io/unschedulable", "NoSchedule"),
    ];

    private readonly EventSource _events = plane.Events.As("daemonset-controller");

    /// <summary>Whether a node is to have one.</summary>
    public bool IsWantedOn(StoredObject node)
    {
        var body = Body(node.Name);
        return NodeAffinity.Fits(body, node.Body) && Taints.Against(node.Body, body) is null;
    }

    /// <summary>Whether a pod has the revision it should have.</summary>
    public bool IsUpdated(StoredObject pod) => PodFacts.Of(pod).RevisionHash == RevisionHistory.Hash(revision);

    /// <summary>The node that a pod is for.</summary>
    public static string? NodeOf(StoredObject pod) => PodFacts.Of(pod).NodeName
        ?? pod.Body.Items("spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
            .SelectMany(term => term.Items("matchFields")).FirstOrDefault().At("values") switch
        {
            JsonArray { Count: > 0 } names => names[0]?.ToString(),
            _ => null,
        };

    /// <summary>Makes one for a node.</summary>
    /// <exception cref="ApiException">It was refused.</exception>
    public void Create(string node)
    {
        try
        {
            _events.Normal(set, "SuccessfulCreate", $"Created pod: {new PodCreation(plane).Create(Body(node)).Name}");
        }
        catch (ApiException refusal) when (refusal.Reason is not ("NotFound" or "Conflict"))
        {
            _events.Warning(set, "FailedCreate", $"Error creating: {refusal.Message}");
            throw;
        }
    }

    /// <summary>Deletes one.</summary>
    public void Delete(StoredObject pod)
    {
        if (pod.IsTerminating)
            return;
        plane.Deletion.Begin(pod);
        _events.Normal(set, "SuccessfulDelete", $"Deleted pod: {pod.Name}");
    }

    /// <summary>Says that a pod has failed and goes.</summary>
    public void DeleteFailed(StoredObject pod)
    {
        _events.Warning(set, "FailedDaemonPod", $"Found failed daemon pod {pod.Namespace}/{pod.Name} on node {NodeOf(pod)}, will try to kill it");
        Delete(pod);
    }

    private JsonObject Body(string node)
    {
        var body = PodCreation.FromTemplate(set, RevisionHistory.Template(revision), RandomSuffix.Name(set.Name + "-"));
        var metadata = body.Child("metadata");
        metadata["generateName"] = set.Name + "-";
        metadata.Child("labels")["controller-revision-hash"] = RevisionHistory.Hash(revision);
        metadata.Child("labels")["pod-template-generation"] = set.Body.Text("metadata", "annotations", Generation) ?? "1";
        var spec = body.Child("spec");
        PinTo(spec.Child("affinity").Child("nodeAffinity"), node);
        if (spec["tolerations"] is not JsonArray tolerations)
            spec["tolerations"] = tolerations = [];
        foreach (var (key, effect) in Tolerated)
            tolerations.Add(new JsonObject { ["effect"] = effect, ["key"] = key, ["operator"] = "Exists" });
        return body;
    }

    private static void PinTo(JsonObject affinity, string node)
    {
        var field = new JsonObject { ["key"] = "metadata.name", ["operator"] = "In", ["values"] = new JsonArray(node) };
        var required = affinity.Child("requiredDuringSchedulingIgnoredDuringExecution");
        if (required["nodeSelectorTerms"] is not JsonArray { Count: > 0 } terms)
            required["nodeSelectorTerms"] = terms = [new JsonObject()];
        foreach (var term in terms.OfType<JsonObject>())
            term["matchFields"] = new JsonArray(field.DeepClone());
    }
}
