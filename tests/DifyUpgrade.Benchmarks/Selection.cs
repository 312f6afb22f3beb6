using DifyUpgrade.Benchmarks.Clusters;
using DifyUpgrade.Benchmarks.Engine;
using DifyUpgrade.Benchmarks.Measuring;
using DifyUpgrade.Benchmarks.Proof;
using DifyUpgrade.Benchmarks.Sandbox;

namespace DifyUpgrade.Benchmarks;

/// <summary>Which benchmarks there are, and which of them are wanted.</summary>
internal static class Selection
{
    /// <summary>All of them, part by part.</summary>
    /// <param name="settings">For them.</param>
    /// <param name="cluster">For those that need a real one.</param>
    /// <returns>The benchmarks.</returns>
    public static IReadOnlyList<Benchmark> All(BenchmarkSettings settings, RealCluster cluster) =>
    [
        new StartBenchmark(settings),
        new UpgradeBenchmark(settings, cluster),
        new SandboxStartBenchmark(settings),
        new HelmWaitBenchmark(settings),
        new ThousandPodsBenchmark(settings),
        new ListBenchmark(settings),
        new MountsOnKubernetesBenchmark(settings, cluster),
        new MountsOnSandboxBenchmark(settings),
        new RolloutRequestsBenchmark(settings),
        new ReportBenchmark(),
    ];

    /// <summary>Chooses by part or by name.</summary>
    /// <param name="all">All benchmarks.</param>
    /// <param name="wanted">Parts and names; all if empty.</param>
    /// <returns>The wanted ones in their order.</returns>
    /// <exception cref="ArgumentException">There is nothing of a wanted name.</exception>
    public static IReadOnlyList<Benchmark> Choose(IReadOnlyList<Benchmark> all, IReadOnlyList<string> wanted)
    {
        var unknown = wanted.Where(name => !all.Any(benchmark => Is(benchmark, name))).ToList();
        if (unknown.Count > 0)
        {
            var known = all.Select(benchmark => benchmark.Part).Concat(all.Select(benchmark => benchmark.Name)).Distinct(StringComparer.Ordinal);
            throw new ArgumentException($"There is no benchmark '{string.Join("', '", unknown)}'. There are: {string.Join(", ", known)}");
        }

        return wanted.Count == 0 ? all : [.. all.Where(benchmark => wanted.Any(name => Is(benchmark, name)))];
    }

    private static bool Is(Benchmark benchmark, string name) =>
        name.Equals(benchmark.Part, StringComparison.OrdinalIgnoreCase) || name.Equals(benchmark.Name, StringComparison.OrdinalIgnoreCase);
}
