using CliWrap;
using Xunit;

[assembly: AssemblyFixture(typeof(DifyUpgrade.Scenarios.Harness.SandboxShutdown))]

namespace DifyUpgrade.Scenarios.Harness;

/// <summary>The embedded Kubernetes, one process for all scenarios of a test run.</summary>
internal sealed class SandboxCluster : TestCluster
{
    private readonly string _folder;
    private readonly Lazy<Task<Run>> _start;

    /// <summary>Names it; it is started when a scenario needs it.</summary>
    /// <param name="speed">How many times faster than real time its pods live.</param>
    public SandboxCluster(int speed)
    {
        _folder = Path.Combine(Path.GetTempPath(), $"dify-upgrade-sandbox-{Environment.ProcessId}-{speed}");
        _start = new(() => Run.OfAsync(Program("up", "--speed", $"{speed}")));
    }

    /// <inheritdoc/>
    public override string Kubeconfig => Path.Combine(_folder, "kubeconfig");

    /// <inheritdoc/>
    public override string Context => "dify-upgrade-sandbox";

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellation) => (await _start.Value.WaitAsync(cancellation)).MustExitWith(0);

    /// <summary>Stops it and takes its folder away; nothing happens where no scenario started it.</summary>
    public async Task StopAsync()
    {
        if (!_start.IsValueCreated)
            return;
        await Program("down").WithValidation(CommandResultValidation.None).ExecuteAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Command Program(string command, params string[] options) => Cli.Wrap("dotnet")
        .WithArguments([Path.Combine(Path.GetDirectoryName(TestSettings.BuildProgram)!, "sandbox", "DifyUpgrade.Sandbox.dll"), command, "--folder", _folder, .. options]);
}

/// <summary>Stops the sandbox when all tests have run.</summary>
public sealed class SandboxShutdown : IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Task.WhenAll(((SandboxCluster)TestCluster.Sandbox).StopAsync(), ((SandboxCluster)TestCluster.SandboxInRealTime).StopAsync());
}
