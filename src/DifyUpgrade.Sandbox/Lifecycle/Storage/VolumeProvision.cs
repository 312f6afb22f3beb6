using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Storage;

/// <summary>Finds, makes, binds and releases volumes.</summary>
/// <param name="plane">Where they are.</param>
internal sealed class VolumeProvision(ControlPlane plane)
{
    /// <summary>A volume that is there for a claim: the one it names, or a free one that is large enough.</summary>
    /// <returns>Null where there is none.</returns>
    public StoredObject? Find(StoredObject claim)
    {
        var wanted = claim.Body.Text("spec", "volumeName");
        return plane.Index.All(ResourceTypes.PersistentVolumes)
            .Where(volume => volume.Body.Text("status", "phase") is null or "Available" or "Pending" && Fits(volume, claim) && (wanted is null or "" || wanted == volume.Name))
            .OrderBy(volume => Quantity.Of(volume.Body.At("spec", "capacity", "storage")))
            .FirstOrDefault();
    }

    /// <summary>Makes a volume for a claim.</summary>
    public StoredObject Make(StoredObject claim, StoredObject type) => plane.Store.Create(ResourceTypes.PersistentVolumes, new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "PersistentVolume",
        ["metadata"] = new JsonObject
        {
            ["name"] = "pvc-" + claim.Uid,
            ["annotations"] = new JsonObject { ["pv.kubernetes.io/provisioned-by"] = type.Body.Text("provisioner") },
        },
        ["spec"] = new JsonObject
        {
            ["accessModes"] = claim.Body.At("spec", "accessModes")?.DeepClone(),
            ["capacity"] = new JsonObject { ["storage"] = claim.Body.At("spec", "resources", "requests", "storage")?.DeepClone() },
            ["hostPath"] = new JsonObject { ["path"] = "/var/lib/sandbox/pvc-" + claim.Uid, ["type"] = "" },
            ["persistentVolumeReclaimPolicy"] = type.Body.Text("reclaimPolicy") ?? "Delete",
            ["storageClassName"] = type.Name,
            ["volumeMode"] = claim.Body.Text("spec", "volumeMode") ?? "Filesystem",
        },
        ["status"] = new JsonObject { ["phase"] = "Pending" },
    });

    /// <summary>Binds a claim and a volume to each other.</summary>
    public void Bind(StoredObject claim, StoredObject volume)
    {
        plane.Change(volume, body =>
        {
            body.Child("spec")["claimRef"] = new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "PersistentVolumeClaim",
                ["name"] = claim.Name,
                ["namespace"] = claim.Namespace,
                ["resourceVersion"] = claim.Body.Text("metadata", "resourceVersion"),
                ["uid"] = claim.Uid,
            };
            body.Child("status")["phase"] = "Bound";
        });
        plane.Change(claim, body =>
        {
            body.Child("metadata").Child("annotations")["pv.kubernetes.io/bind-completed"] = "yes";
            body.Child("metadata").Child("annotations")["pv.kubernetes.io/bound-by-controller"] = "yes";
            body.Child("spec")["volumeName"] = volume.Name;
            body["status"] = new JsonObject
            {
                ["accessModes"] = volume.Body.At("spec", "accessModes")?.DeepClone(),
                ["capacity"] = volume.Body.At("spec", "capacity")?.DeepClone(),
                ["phase"] = "Bound",
            };
        });
    }

    /// <summary>Lets claims take a volume that somebody made.</summary>
    public void Offer(ObjectName name)
    {
        if (plane.Index.Get(ResourceTypes.PersistentVolumes, name) is { } volume && volume.Body.Text("status", "phase") is null or "Pending" && volume.Body.At("spec", "claimRef") is null)
            plane.Change(volume, body => body.Child("status")["phase"] = "Available");
    }

    /// <summary>Deletes the volume of a claim that is gone, or keeps it as its policy says.</summary>
    public void Release(ObjectName claim)
    {
        foreach (var volume in plane.Index.All(ResourceTypes.PersistentVolumes).Where(volume => !volume.IsTerminating && IsOf(volume, claim)).ToList())
        {
            if (volume.Body.Text("spec", "persistentVolumeReclaimPolicy") == "Delete")
                plane.Deletion.Begin(volume);
            else
                plane.Change(volume, body => body.Child("status")["phase"] = "Released");
        }
    }

    private static bool IsOf(StoredObject volume, ObjectName claim) =>
        volume.Body.Text("spec", "claimRef", "namespace") == claim.Namespace && volume.Body.Text("spec", "claimRef", "name") == claim.Name;

    private static bool Fits(StoredObject volume, StoredObject claim) =>
        volume.Body.At("spec", "claimRef") is null
        && (volume.Body.Text("spec", "storageClassName") ?? "") == (claim.Body.Text("spec", "storageClassName") ?? "")
        && Quantity.Of(volume.Body.At("spec", "capacity", "storage")) >= Quantity.Of(claim.Body.At("spec", "resources", "requests", "storage"))
        && Modes(claim).All(Modes(volume).Contains);

    private static IReadOnlyList<string> Modes(StoredObject item) =>
        item.Body.At("spec", "accessModes") is JsonArray modes ? [.. modes.Select(mode => mode!.GetValue<string>())] : [];
}
