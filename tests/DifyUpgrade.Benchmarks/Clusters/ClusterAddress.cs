namespace DifyUpgrade.Benchmarks.Clusters;

/// <summary>A cluster as kubectl and helm are told of it.</summary>
/// <param name="Kubeconfig">The file.</param>
/// <param name="Context">The context in it.</param>
internal sealed record ClusterAddress(string Kubeconfig, string Context);
