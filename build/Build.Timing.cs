using System.Globalization;
using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tooling;

/// <summary>The project's own benchmarks.</summary>
sealed partial class Build
{
    [Parameter("Benchmarks to run, by part (engine, sandbox, proof) or by name, such as engine,lists; without it all", Separator = ",")]
    string[] Benchmarks { get; } = [];

    [Parameter("How many rounds of a benchmark count")]
    int BenchmarkRuns { get; } = 5;

    AbsolutePath BenchmarkProject => RootDirectory / "tests" / "DifyUpgrade.Benchmarks";

    Target Benchmark => _ => _
        .Description("Measures the build against what one would type in its place; real Kubernetes is --kube-context of --kubeconfig, or the test cluster")
        .Produces(RootDirectory / "artifacts" / "benchmark.*")
        .Executes(() => Start("dotnet", $"build \"{BenchmarkProject}\" --configuration Release --nologo --verbosity quiet -nodeReuse:false -p:RunAnalyzers=false"))
        .Executes(() => Run(async (deployment, token) => Measure(await deployment.FindHelmAsync(token))));

    // A cluster is only written to when it was named for that: never the one that happens to be current.
    private void Measure(string helm)
    {
        var program = BenchmarkProject / "bin" / "Release" / "net10.0" / "DifyUpgrade.Benchmarks.dll";
        var cluster = KubeContext == null || Kubeconfig == null ? "" : $"--kubeconfig \"{Kubeconfig}\" --kube-context \"{KubeContext}\"";
        var what = $"--runs {BenchmarkRuns.ToString(CultureInfo.InvariantCulture)} --benchmarks \"{string.Join(',', Benchmarks)}\"";
        ProcessTasks
            .StartProcess("dotnet", $"\"{program}\" --root \"{RootDirectory}\" --helm \"{helm}\" --sandbox \"{SandboxProgram}\" {what} {cluster}", logger: (_, line) => Console.WriteLine(line))
            .AssertZeroExitCode();
    }
}
