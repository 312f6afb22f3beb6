using System.Runtime.InteropServices;
using DifyUpgrade.Benchmarks.Clusters;

namespace DifyUpgrade.Benchmarks.Measuring;

/// <summary>What the figures were measured on and with.</summary>
/// <param name="System">Operating system and architecture.</param>
/// <param name="Processor">Name and number of processors.</param>
/// <param name="Load">The load of the last minute before the end: above the number of processors the absolute times say little.</param>
/// <param name="DotNetSdk">The SDK.</param>
/// <param name="Helm">helm's version.</param>
/// <param name="Kubectl">kubectl's version and the cluster's.</param>
/// <param name="Commit">The commit of this repository.</param>
internal sealed record Machine(string System, string Processor, string Load, string DotNetSdk, string Helm, string Kubectl, string Commit)
{
    /// <summary>Looks at this machine.</summary>
    /// <param name="settings">Name the tools.</param>
    /// <param name="cluster">The real cluster; null if none was used.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What it is.</returns>
    public static async Task<Machine> LookAsync(BenchmarkSettings settings, ClusterAddress? cluster, CancellationToken cancellation)
    {
        var shell = new Shell(settings.Root);
        string[] versions = cluster is null ? ["--client"] : ["--kubeconfig", cluster.Kubeconfig, "--context", cluster.Context];
        return new Machine(
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}",
            $"{Environment.ProcessorCount} x {ProcessorName()}",
            FirstLine(ReadOrEmpty("/proc/loadavg")),
            await AskAsync(shell, "dotnet", ["--version"], cancellation),
            await AskAsync(shell, settings.Helm, ["version", "--short"], cancellation),
            await AskAsync(shell, "kubectl", ["version", .. versions], cancellation),
            await AskAsync(shell, "git", ["describe", "--always", "--dirty"], cancellation));
    }

    /// <summary>All of it in one line.</summary>
    /// <returns>The line.</returns>
    public string ToText() => $"{System}; {Processor}; load {Load}; .NET SDK {DotNetSdk}; helm {Helm}; {Kubectl}; commit {Commit}";

    private static async Task<string> AskAsync(Shell shell, string program, string[] arguments, CancellationToken cancellation)
    {
        try
        {
            return (await shell.RunAsync(program, arguments, cancellation)).Trim().ReplaceLineEndings(", ");
        }
        catch (Exception failure) when (failure is InvalidOperationException or global::System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }

    private static string ProcessorName() => ReadOrEmpty("/proc/cpuinfo").Split('\n').FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
        ? line.Split(':')[1].Trim()
        : RuntimeInformation.ProcessArchitecture.ToString();

    private static string ReadOrEmpty(string path) => File.Exists(path) ? File.ReadAllText(path) : "";

    private static string FirstLine(string text) => text.Split('\n')[0];
}
