using System.Text.Json.Nodes;
using static DifyUpgrade.Sandbox.Tables.TableColumn;

namespace DifyUpgrade.Sandbox.Tables;

/// <summary>Columns of volumes and their classes.</summary>
internal static class StorageColumns
{
    private const string Unset = "<unset>";
    private const string DefaultClass = "storageclass.kubernetes.io/is-default-class";

    private static readonly TableColumn VolumeMode = Wide("VolumeMode", item => item.Text("spec", "volumeMode") ?? Unset);
    private static readonly TableColumn AttributesClass = At("VolumeAttributesClass", Unset, "spec", "volumeAttributesClassName");

    private static readonly Dictionary<ResourceType, IReadOnlyList<TableColumn>> Columns = new()
    {
        [ResourceTypes.PersistentVolumeClaims] =
        [
            ObjectName,
            Text("Status", Phase),
            At("Volume", "", "spec", "volumeName"),
            Text("Capacity", item => IsBound(item) ? item.At("status", "capacity", "storage")?.ToString() ?? "" : ""),
            Text("Access Modes", item => IsBound(item) ? Modes(item.At("status", "accessModes")) : ""),
            At("StorageClass", "", "spec", "storageClassName"),
            AttributesClass,
            Age,
            VolumeMode,
        ],
        [ResourceTypes.PersistentVolumes] =
        [
            ObjectName,
            At("Capacity", "", "spec", "capacity", "storage"),
            Text("Access Modes", item => Modes(item.At("spec", "accessModes"))),
            At("Reclaim Policy", "", "spec", "persistentVolumeReclaimPolicy"),
            Text("Status", Phase),
            Text("Claim", item => item.At("spec", "claimRef") is { } claim ? $"{claim.Text("namespace")}/{claim.Text("name")}" : ""),
            At("StorageClass", "", "spec", "storageClassName"),
            AttributesClass,
            At("Reason", "", "status", "reason"),
            Age,
            VolumeMode,
        ],
        [ResourceTypes.StorageClasses] =
        [
            Text("Name", item => item.Text("metadata", "name") + (item.Text("metadata", "annotations", DefaultClass) == "true" ? " (default)" : "")),
            At("Provisioner", "", "provisioner"),
            At("ReclaimPolicy", "Delete", "reclaimPolicy"),
            At("VolumeBindingMode", "Immediate", "volumeBindingMode"),
            Text("AllowVolumeExpansion", item => item.Flag("allowVolumeExpansion") ? "true" : "false"),
            Age,
        ],
    };

    /// <summary>The columns of a kind.</summary>
    /// <returns>Null where it is none of these.</returns>
    public static IReadOnlyList<TableColumn>? Of(ResourceType type) => Columns.GetValueOrDefault(type);

    private static string? Phase(JsonObject item) => item.Text("metadata", "deletionTimestamp") is not null ? "Terminating" : item.Text("status", "phase");

    private static bool IsBound(JsonObject claim) => claim.Text("spec", "volumeName") is { Length: > 0 };

    private static string Modes(JsonNode? modes) => string.Join(',', Texts.Of(modes).Select(mode => mode switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        _ => mode,
    }));
}
