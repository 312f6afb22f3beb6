using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tooling;

/// <summary>The project's own benchmarks.</summary>
sealed partial class Build
{
    AbsolutePath BenchmarkProject => RootDirectory / "tests" / "DifyUpgrade.Benchmarks";

    Target Benchmark => _ => _
        .Description("Measures the build against what one would type in its place; upgrades too, if --kubeconfig and --kube-context name a cluster to write to")
        .Produces(RootDirectory / "artifacts" / "benchmark.json")
        .Executes(() => Start("dotnet", $"build \"{BenchmarkProject}\" --configuration Release --nologo --verbosity quiet -nodeReuse:false"))
        .Executes(() => Run(async (deployment, token) => Measure(await deployment.FindHelmAsync(token))));

    // A cluster is only written to when it was named for that: never the one that happens to be current.
    private void Measure(string helm)
    {
        var program = BenchmarkProject / "bin" / "Release" / "net10.0" / "DifyUpgrade.Benchmarks.dll";
        var cluster = KubeContext == null || Kubeconfig == null ? "" : $"--kubeconfig \"{Kubeconfig}\" --kube-context \"{KubeContext}\"";
        ProcessTasks
            .StartProcess("dotnet", $"\"{program}\" --root \"{RootDirectory}\" --helm \"{helm}\" {cluster}", logger: (_, line) => Console.WriteLine(line))
            .AssertZeroExitCode();
    }
}
