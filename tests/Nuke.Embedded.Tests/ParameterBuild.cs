using Nuke.Common;
using Nuke.Common.IO;

namespace Nuke.Embedded.Tests;

internal enum Drift
{
    Ignore,
    WarnOnly,
    Fail,
}

internal class BaseBuild : NukeBuild
{
    [Parameter("Inherited and private")]
    private readonly string Inherited = "base";

    protected string InheritedValue => Inherited;
}

internal sealed class ParameterBuild : BaseBuild
{
    [Parameter("The release's name")] private readonly string Release = "dify";
    [Parameter] private readonly string[] ValuesFiles = ["default.yaml"];
    [Parameter] private readonly int? Revision;
    [Parameter] private readonly long Big;
    [Parameter] private readonly double Ratio;
    [Parameter] private readonly bool Install;
    [Parameter] private readonly bool? Maybe;
    [Parameter] private readonly Drift ConfigMapDrift;
    [Parameter] private readonly Drift[] Drifts = [];
    [Parameter] private readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    [Parameter] private readonly Guid Id;
    [Parameter] private readonly AbsolutePath? PromptsFile;
    [Parameter(Name = "log-level")] private readonly string Level = "";
    [Parameter(Separator = ",")] private readonly int[] Numbers = [];
    [Parameter] private static string Fixed { get; set; } = "";
    [Parameter] private string GetOnly { get; } = "";

    private Target Show => _ => _
        .Executes(() => BuildRunner.Calls.AddRange(
        [
            $"Release={Release}", $"ValuesFiles={string.Join('|', ValuesFiles)}", $"Revision={Revision}", $"Big={Big}", $"Ratio={Ratio}",
            $"Install={Install}", $"Maybe={Maybe}", $"ConfigMapDrift={ConfigMapDrift}", $"Drifts={string.Join('|', Drifts)}",
            $"Timeout={Timeout}", $"Id={Id}", $"PromptsFile={PromptsFile}", $"Level={Level}", $"Numbers={string.Join('|', Numbers)}",
            $"Fixed={Fixed}", $"GetOnly={GetOnly}", $"Inherited={InheritedValue}",
        ]));

    private Target Upgrade => _ => _
        .Executes(() => BuildRunner.Calls.Add("Upgrade"));

    public static Outcome Run(params string[] arguments)
    {
        using var runner = new BuildRunner();
        return RunIn(runner, arguments);
    }

    public static Outcome RunIn(BuildRunner runner, params string[] arguments)
    {
        Fixed = "";
        return runner.Run<ParameterBuild>(build => build.Show, arguments);
    }
}
