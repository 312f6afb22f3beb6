using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.StatefulSets;

/// <summary>Makes the pods of a StatefulSet, and the claims that outlive them.</summary>
/// <param name="plane">Where they go.</param>
/// <param name="set">The StatefulSet.</param>
internal sealed class StatefulPod(ControlPlane plane, StoredObject set)
{
    private readonly EventSource _events = plane.Events.As("statefulset-controller");

    /// <summary>Makes one.</summary>
    /// <param name="ordinal">Its number.</param>
    /// <param name="revision">Its revision.</param>
    /// <exception cref="ApiException">It was refused.</exception>
    public void Create(int ordinal, StoredObject revision)
    {
        var name = $"{set.Name}-{ordinal}";
        try
        {
            foreach (var template in set.Body.Items("spec", "volumeClaimTemplates"))
                Claim(template, name);
            new PodCreation(plane).Create(Body(name, ordinal, revision));
            _events.Normal(set, "SuccessfulCreate", $"create Pod {name} in StatefulSet {set.Name} successful");
        }
        catch (ApiException refusal) when (refusal.Reason is "Forbidden" or "AlreadyExists")
        {
            _events.Warning(set, "FailedCreate", $"create Pod {name} in StatefulSet {set.Name} failed error: {refusal.Message}");
            throw;
        }
    }

    /// <summary>Deletes one.</summary>
    public void Delete(StoredObject pod)
    {
        plane.Deletion.Begin(pod);
        _events.Normal(set, "SuccessfulDelete", $"delete Pod {pod.Name} in StatefulSet {set.Name} successful");
    }

    /// <summary>Says that a pod that has ended is made anew.</summary>
    public void Recreate(StoredObject pod)
    {
        _events.Warning(set, "RecreatingFailedPod", $"StatefulSet {set.Namespace}/{set.Name} is recreating failed Pod {pod.Name}");
        plane.Deletion.Begin(pod);
    }

    private void Claim(JsonObject template, string pod)
    {
        var name = $"{template.Text("metadata", "name")}-{pod}";
        if (plane.Index.Get(ResourceTypes.PersistentVolumeClaims, new ObjectName(set.Namespace, name)) is not null)
            return;
        var body = template.DeepClone().AsObject();
        (body["apiVersion"], body["kind"]) = ("v1", "PersistentVolumeClaim");
        var metadata = body.Child("metadata");
        (metadata["name"], metadata["namespace"]) = (name, set.Namespace);
        foreach (var (label, value) in set.Body.At("spec", "selector", "matchLabels") as JsonObject ?? [])
            metadata.Child("labels")[label] = value?.DeepClone();
        Defaults.Apply(ResourceTypes.PersistentVolumeClaims, body);
        plane.Store.Create(ResourceTypes.PersistentVolumeClaims, body);
        _events.Normal(set, "SuccessfulCreate", $"create Claim {name} Pod {pod} in StatefulSet {set.Name} success");
    }

    private JsonObject Body(string name, int ordinal, StoredObject revision)
    {
        var body = PodCreation.FromTemplate(set, RevisionHistory.Template(revision), name);
        body.Child("metadata")["generateName"] = set.Name + "-";
        var labels = body.Child("metadata").Child("labels");
        labels["controller-revision-hash"] = revision.Name;
        labels["statefulset.kubernetes.io/pod-name"] = name;
        labels["apps.kubernetes.io/pod-index"] = ordinal.ToString();
        var spec = body.Child("spec");
        spec["hostname"] = name;
        if (set.Body.Text("spec", "serviceName") is { Length: > 0 } service)
            spec["subdomain"] = service;
        foreach (var template in set.Body.Items("spec", "volumeClaimTemplates"))
            Mount(spec, template.Text("metadata", "name")!, name);
        return body;
    }

    private static void Mount(JsonObject spec, string volume, string pod)
    {
        if (spec["volumes"] is not JsonArray volumes)
            spec["volumes"] = volumes = [];
        volumes.RemoveAll(present => present.Text("name") == volume);
        volumes.Add(new JsonObject { ["name"] = volume, ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = $"{volume}-{pod}" } });
    }
}
