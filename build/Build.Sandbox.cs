using System.Globalization;
using DifyUpgrade;
using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Serilog;

/// <summary>The embedded Kubernetes: to rehearse any target without a cluster.</summary>
sealed partial class Build
{
    [Parameter("Rehearse on the embedded Kubernetes; it is started, and given a first revision, where it has none")]
    bool Sandbox { get; }

    [Parameter("How many times faster than real time pods live in the sandbox")]
    double SandboxSpeed { get; } = 10;

    AbsolutePath SandboxFolder => TemporaryDirectory / "sandbox";

    AbsolutePath SandboxProgram => (AbsolutePath)AppContext.BaseDirectory / "sandbox" / "DifyUpgrade.Sandbox.dll";

    AbsolutePath SandboxKubeconfig => SandboxFolder / "kubeconfig";

    Target SandboxUp => _ => _
        .Description("Starts the embedded Kubernetes, with a first revision of the release to upgrade from")
        .Executes(() => Run(RehearseAsync));

    Target SandboxStatus => _ => _
        .Description("Says whether the embedded Kubernetes runs, where, and how to look into it")
        .Executes(() => StartSandbox("status"));

    Target SandboxDown => _ => _
        .Description("Stops the embedded Kubernetes; what is in it stays for the next start")
        .Executes(() => StartSandbox("down"));

    Target SandboxReset => _ => _
        .Description("Stops the embedded Kubernetes and forgets what is in it")
        .Executes(() => StartSandbox("reset"));

    // Once for each run, whatever the number of targets.
    private async Task RehearseAsync(Deployment deployment, CancellationToken token)
    {
        deployment.CheckRehearsal();
        StartSandbox("up");
        await deployment.PrepareRehearsalAsync(token);
    }

    private void StartSandbox(string command) => ProcessTasks
        .StartProcess("dotnet", $"\"{(string)SandboxProgram}\" {command} --folder \"{(string)SandboxFolder}\" --speed {SandboxSpeed.ToString(CultureInfo.InvariantCulture)}", logger: (_, line) => Log.Information("{Line:l}", line))
        .AssertZeroExitCode();
}
