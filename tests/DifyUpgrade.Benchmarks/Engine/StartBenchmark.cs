using DifyUpgrade.Benchmarks.Measuring;

namespace DifyUpgrade.Benchmarks.Engine;

/// <summary>Nothing changed and nothing to do: what every call costs.</summary>
/// <param name="settings">Where.</param>
internal sealed class StartBenchmark(BenchmarkSettings settings) : Benchmark
{
    // The lines that Nuke's own build.sh comes down to where the machine has a fitting SDK.
    private const string Bootstrapper = """
        export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 NUKE_TELEMETRY_OPTOUT=1
        dotnet --version &>/dev/null
        echo "Microsoft (R) .NET SDK version $(dotnet --version)"
        dotnet build build/_build.csproj /nodeReuse:false /p:UseSharedCompilation=false -nologo -clp:NoSummary --verbosity quiet
        dotnet run --project build/_build.csproj --no-build -- --help
        """;

    private readonly Shell _shell = new(settings.Root);

    public override string Part => "engine";

    public override string Name => "start";

    public override string Title => "an unchanged build says --help";

    public override IReadOnlyList<Target> Targets { get; } =
    [
        new("./build.sh --help", Bound.AtMost, 0.35, "s", series => series[0].Median),
        new("faster than Nuke's bootstrapper", Bound.AtLeast, 8, "times", series => series[1].Over(series[0])),
    ];

    public override Task<IReadOnlyList<Series>> MeasureAsync(Rounds rounds, CancellationToken cancellation) => rounds.MeasureAsync(
        [
            new Way("here", "./build.sh --help", (_, token) => _shell.RunAsync(settings.At("build.sh"), ["--help"], token)),
            new Way("Nuke's bootstrapper", "dotnet build build/_build.csproj; dotnet run --no-build -- --help", (_, token) => _shell.RunAsync("bash", ["-euo", "pipefail", "-c", Bootstrapper], token)),
        ],
        cancellation);
}
