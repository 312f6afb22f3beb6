using DifyUpgrade.Benchmarks.Measuring;

namespace DifyUpgrade.Benchmarks.Comparisons;

/// <summary>Nothing changed and nothing to do: what every call costs. The other side is what Nuke's own build.sh runs.</summary>
/// <param name="settings">Where.</param>
internal sealed class HelpBenchmark(BenchmarkSettings settings) : Benchmark
{
    private static readonly string[] Build = ["build", "build/_build.csproj", "/nodeReuse:false", "/p:UseSharedCompilation=false", "-nologo", "-clp:NoSummary", "--verbosity", "quiet"];
    private static readonly string[] Run = ["run", "--project", "build/_build.csproj", "--no-build", "--", "--help"];
    private readonly Shell _shell = new(settings.Root);

    public override string Name => "start";

    public override string Ours => "./build.sh --help";

    public override string Other => $"dotnet {string.Join(' ', Build)} && dotnet {string.Join(' ', Run)}";

    public override Task RunOursAsync(int run, CancellationToken cancellation) => _shell.RunAsync(settings.At("build.sh"), ["--help"], cancellation);

    public override async Task RunOtherAsync(int run, CancellationToken cancellation)
    {
        await _shell.RunAsync("dotnet", Build, cancellation);
        await _shell.RunAsync("dotnet", Run, cancellation);
    }
}
