using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Storage;

/// <summary>Gives claims their volumes: one that is there, or one made by the claim's storage class.</summary>
internal sealed class VolumeBinding(ControlPlane plane) : Controller(plane)
{
    private const string Protection = "kubernetes.io/pvc-protection";
    private const string IsDefault = "storageclass.kubernetes.io/is-default-class";

    private readonly VolumeProvision _provision = new(plane);
    private readonly EventSource _events = plane.Events.As("persistentvolume-controller");

    /// <inheritdoc/>
    public override IReadOnlyList<ResourceType> Follows { get; } =
        [ResourceTypes.PersistentVolumeClaims, ResourceTypes.PersistentVolumes, ResourceTypes.StorageClasses, ResourceTypes.Pods];

    /// <summary>Whether a claim gets its volume only when a pod uses it.</summary>
    public static bool WaitsForPod(ControlPlane plane, StoredObject claim) =>
        plane.Index.Get(ResourceTypes.StorageClasses, new ObjectName("", claim.Body.Text("spec", "storageClassName") ?? ""))?.Body.Text("volumeBindingMode") == "WaitForFirstConsumer";

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change)
    {
        var item = change.Object;
        if (item.Type == ResourceTypes.PersistentVolumeClaims)
            return [new ObjectName(item.Namespace, item.Name)];
        if (item.Type == ResourceTypes.Pods)
            return change.Kind == StoreEventKind.Modified && !PodFacts.Of(item).HasEnded ? [] : Claims(item);
        var waiting = Plane.Index.All(ResourceTypes.PersistentVolumeClaims).Where(claim => claim.Body.Text("status", "phase") != "Bound");
        return [.. waiting.Select(claim => new ObjectName(claim.Namespace, claim.Name)), new ObjectName("", item.Name)];
    }

    /// <inheritdoc/>
    public override TimeSpan? Reconcile(ObjectName name)
    {
        if (name.Namespace.Length == 0)
            _provision.Offer(name);
        else if (Plane.Index.Get(ResourceTypes.PersistentVolumeClaims, name) is not { } claim)
            _provision.Release(name);
        else if (claim.IsTerminating)
            LetGo(claim);
        else if (claim.Body.Text("status", "phase") != "Bound")
            Bind(Complete(claim));
        return null;
    }

    private static IEnumerable<ObjectName> Claims(StoredObject pod) => pod.Body.Items("spec", "volumes")
        .Select(volume => volume.Text("persistentVolumeClaim", "claimName")).OfType<string>().Select(claim => new ObjectName(pod.Namespace, claim));

    private bool IsUsed(StoredObject claim) =>
        Plane.Index.In(ResourceTypes.Pods, claim.Namespace).Any(pod => !PodFacts.Of(pod).HasEnded && Claims(pod).Any(used => used.Name == claim.Name));

    // A claim that a pod uses outlives its deletion.
    private void LetGo(StoredObject claim)
    {
        if (IsUsed(claim))
            return;
        var free = Plane.Change(claim, body =>
        {
            (body.At("metadata", "finalizers") as JsonArray)?.RemoveAll(finalizer => finalizer?.GetValue<string>() == Protection);
            if (body.At("metadata", "finalizers") is JsonArray { Count: 0 })
                body.Child("metadata").Remove("finalizers");
        });
        Plane.Deletion.Finish(free);
    }

    private StoredObject Complete(StoredObject claim) => Plane.Change(claim, body =>
    {
        if (body.Child("metadata")["finalizers"] is not JsonArray finalizers)
            body.Child("metadata")["finalizers"] = finalizers = [];
        if (!finalizers.Any(finalizer => finalizer?.GetValue<string>() == Protection))
            finalizers.Add(Protection);
        var byDefault = Plane.Index.All(ResourceTypes.StorageClasses).FirstOrDefault(type => type.Body.Text("metadata", "annotations", IsDefault) == "true");
        if (body.At("spec", "storageClassName") is null && byDefault is not null)
            body.Child("spec")["storageClassName"] = byDefault.Name;
        body.Child("status")["phase"] ??= "Pending";
    });

    private void Bind(StoredObject claim)
    {
        var className = claim.Body.Text("spec", "storageClassName") ?? "";
        if (_provision.Find(claim) is { } volume)
            _provision.Bind(claim, volume);
        else if (className.Length == 0)
            _events.Normal(claim, "FailedBinding", "no persistent volumes available for this claim and no storage class is set");
        else if (Plane.Index.Get(ResourceTypes.StorageClasses, new ObjectName("", className)) is not { } type)
            _events.Warning(claim, "ProvisioningFailed", $"storageclass.storage.k8s.io \"{className}\" not found");
        else if (WaitsForPod(Plane, claim) && !IsUsed(claim))
            _events.Normal(claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
        else
            Provision(claim, type);
    }

    private void Provision(StoredObject claim, StoredObject type)
    {
        var volume = _provision.Make(claim, type);
        _provision.Bind(claim, volume);
        _events.Normal(claim, "ProvisioningSucceeded", $"Successfully provisioned volume {volume.Name} using {type.Body.Text("provisioner")}");
    }
}
