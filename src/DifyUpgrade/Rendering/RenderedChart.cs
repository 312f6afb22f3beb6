namespace DifyUpgrade.Rendering;

/// <summary>A chart as helm renders it for one release.</summary>
/// <param name="Manifests">Its objects, hooks among them.</param>
/// <param name="Contract">What its workloads promise to mount.</param>
internal sealed record RenderedChart(IReadOnlyList<Manifest> Manifests, MountContract Contract)
{
    /// <summary>Reads what helm printed.</summary>
    /// <param name="text">The manifests.</param>
    /// <param name="configMap">The ConfigMap whose mounts make the contract.</param>
    /// <param name="releaseNamespace">The namespace of objects that name none.</param>
    /// <returns>The chart.</returns>
    public static RenderedChart Read(string text, ConfigMapKeys configMap, string releaseNamespace)
    {
        var manifests = ManifestReader.Read(text);
        return new RenderedChart(manifests, MountContractReader.Read(manifests, configMap, releaseNamespace));
    }

    /// <summary>The objects that make up the release; hooks are run beside it.</summary>
    public IEnumerable<Manifest> ReleaseObjects => Manifests.Where(manifest => !manifest.IsHook);
}
