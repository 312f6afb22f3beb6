using System.Globalization;

namespace DifyUpgrade.Benchmarks;

/// <summary>What is measured, with what, and how often.</summary>
internal sealed record BenchmarkSettings
{
    /// <summary>The repository.</summary>
    public required string Root { get; init; }

    /// <summary>The helm of both sides.</summary>
    public required string Helm { get; init; }

    /// <summary>The sandbox that belongs to the build.</summary>
    public required string SandboxProgram { get; init; }

    /// <summary>How many rounds are counted.</summary>
    public required int Runs { get; init; }

    /// <summary>Parts or names of benchmarks; all of them if empty.</summary>
    public required IReadOnlyList<string> Wanted { get; init; }

    /// <summary>A cluster that may be written to; null takes the test cluster.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The context of that kubeconfig.</summary>
    public string? KubeContext { get; init; }

    /// <summary>Reads <c>--name value</c> pairs.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>The settings.</returns>
    public static BenchmarkSettings Read(string[] arguments)
    {
        var values = arguments.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var root = Path.GetFullPath(values.GetValueOrDefault("--root", "."));
        return new BenchmarkSettings
        {
            Root = root,
            Helm = values.GetValueOrDefault("--helm", "helm"),
            SandboxProgram = values.GetValueOrDefault("--sandbox", Path.Combine(root, "build", "bin", "Debug", "sandbox", "DifyUpgrade.Sandbox.dll")),
            Runs = int.Parse(values.GetValueOrDefault("--runs", "5"), CultureInfo.InvariantCulture),
            Wanted = values.GetValueOrDefault("--benchmarks", "").Split([',', '+', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Kubeconfig = values.GetValueOrDefault("--kubeconfig"),
            KubeContext = values.GetValueOrDefault("--kube-context"),
        };
    }

    /// <summary>A path below the repository.</summary>
    /// <param name="path">From the root.</param>
    /// <returns>The full path.</returns>
    public string At(string path) => Path.Combine(Root, path);
}
