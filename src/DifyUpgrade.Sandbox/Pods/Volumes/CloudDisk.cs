using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Pods.Volumes;

/// <summary>A volume that somebody has to attach to a node first. The sandbox has no driver that would.</summary>
internal static class CloudDisk
{
    // https://kubernetes.io/docs/concepts/storage/volumes/#csi-migration
    private static readonly IReadOnlyList<(string Field, string Handle, string Driver)> Migrated =
    [
        ("awsElasticBlockStore", "volumeID", "ebs.csi.aws.com"),
        ("azureDisk", "diskURI", "disk.csi.azure.com"),
        ("cinder", "volumeID", "cinder.csi.openstack.org"),
        ("gcePersistentDisk", "pdName", "pd.csi.storage.gke.io"),
        ("vsphereVolume", "volumePath", "csi.vsphere.vmware.com"),
    ];

    /// <summary>Why such a volume is never attached, as the event words it.</summary>
    /// <param name="volume">The cluster's volume.</param>
    /// <returns>Null for a volume that needs no driver.</returns>
    public static string? WhyDetached(JsonObject volume)
    {
        if (volume.At("spec", "csi") is JsonObject own)
            return Late(own.Text("driver"), own.Text("volumeHandle"));
        return Migrated.Where(kind => volume.At("spec", kind.Field) is not null)
            .Select(kind => Late(kind.Driver, volume.Text("spec", kind.Field, kind.Handle)))
            .FirstOrDefault();
    }

    private static string Late(string? driver, string? handle) => $"timed out waiting for external-attacher of {driver} CSI driver to attach volume {handle}";
}
