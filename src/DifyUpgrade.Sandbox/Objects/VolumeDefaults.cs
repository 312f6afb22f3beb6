using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Defaults of a pod's volumes.</summary>
internal static class VolumeDefaults
{
    /// <summary>0644, which JSON has to say in decimal.</summary>
    private const long ReadableMode = 420;

    private const long TokenSeconds = 3600;

    /// <summary>A volume.</summary>
    public static void Volume(JsonObject volume)
    {
        if (!volume.Any(field => field.Key != "name" && field.Value is not null))
            volume["emptyDir"] = new JsonObject();
        foreach (var source in new[] { "configMap", "secret", "downwardAPI", "projected" })
            (volume[source] as JsonObject)?.Default("defaultMode", ReadableMode);
        (volume["hostPath"] as JsonObject)?.Default("type", "");
        DownwardItems(volume["downwardAPI"]);
        foreach (var source in volume.Items("projected", "sources"))
        {
            (source["serviceAccountToken"] as JsonObject)?.Default("expirationSeconds", TokenSeconds);
            DownwardItems(source["downwardAPI"]);
        }

        if (volume.At("ephemeral", "volumeClaimTemplate", "spec") is JsonObject claim)
            claim.Default("volumeMode", "Filesystem");
    }

    /// <summary>The version of a field reference.</summary>
    public static void FieldReference(JsonNode? holder) => (holder.At("fieldRef") as JsonObject)?.Default("apiVersion", "v1");

    /// <summary>The unit of a resource reference.</summary>
    public static void ResourceReference(JsonNode? holder) => (holder.At("resourceFieldRef") as JsonObject)?.Default("divisor", "0");

    private static void DownwardItems(JsonNode? source)
    {
        foreach (var item in source.Items("items"))
        {
            FieldReference(item);
            ResourceReference(item);
        }
    }
}
