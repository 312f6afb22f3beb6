using DifyUpgrade.Benchmarks.Clusters;
using DifyUpgrade.Parameters;
using DifyUpgrade.Reporting;
using Serilog.Core;

namespace DifyUpgrade.Benchmarks.Proof;

/// <summary>The stages as the build calls them, in this process: where requests can be counted, and a stage timed without the start of a program.</summary>
internal static class InProcess
{
    /// <summary>A run on a benchmark's release.</summary>
    /// <param name="settings">Name the tools.</param>
    /// <param name="release">The release.</param>
    /// <param name="cluster">Where it is.</param>
    /// <returns>The run; nothing is read yet.</returns>
    public static Deployment Of(BenchmarkSettings settings, BenchmarkRelease release, ClusterAddress cluster)
    {
        var inputs = new DeploymentInputs
        {
            RootFolder = settings.Root,
            Release = "dify",
            Namespace = release.Namespace,
            Chart = "charts/dify",
            ValuesFiles = release.ValuesFiles,
            PromptFiles = ["prompts.py=custom-configs/prompts.py"],
            ConfigMapName = "dify-prompts",
            Timeout = "10m",
            Kubeconfig = cluster.Kubeconfig,
            KubeContext = cluster.Context,
            Helm = settings.Helm,
        };
        return new Deployment(inputs, Logger.None, new ResultLines(null), TimeProvider.System);
    }
}
