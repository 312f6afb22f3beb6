using System.Diagnostics;
using System.Globalization;
using DifyUpgrade.Benchmarks.Measuring;
using k8s;

namespace DifyUpgrade.Benchmarks.Clusters;

/// <summary>A sandbox of a benchmark's own, with nothing in it.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(2);
    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private SandboxProcess(DirectoryInfo folder, Process process)
    {
        _folder = folder;
        _process = process;
        Address = new ClusterAddress(Path.Combine(folder.FullName, "kubeconfig"), "dify-upgrade-sandbox");
    }

    /// <summary>Where it is.</summary>
    public ClusterAddress Address { get; }

    /// <summary>The most memory it ever had, in MiB.</summary>
    public double PeakMebibytes => Memory.PeakOf(_process.Id);

    /// <summary>Starts it and waits for the first answered request.</summary>
    /// <param name="settings">Name the program.</param>
    /// <param name="speed">How many times faster than real time its pods live.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The process.</returns>
    public static async Task<SandboxProcess> StartAsync(BenchmarkSettings settings, double speed, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("dify-upgrade-benchmark-");
        string[] arguments = [settings.SandboxProgram, "serve", "--folder", folder.FullName, "--speed", speed.ToString(CultureInfo.InvariantCulture)];
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardInput = true })!;
        var sandbox = new SandboxProcess(folder, process);

        // Written when it listens; its kubeconfig and log are written before.
        while (!File.Exists(Path.Combine(folder.FullName, "server.json")))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"the sandbox did not start (exit code {process.ExitCode}): {settings.SandboxProgram}");
            await Task.Delay(LookEvery, TimeProvider.System, cancellation);
        }

        using var client = sandbox.Connect();
        await client.Version.GetCodeAsync(cancellation);
        return sandbox;
    }

    /// <summary>A client for it.</summary>
    /// <returns>The client.</returns>
    public Kubernetes Connect() => new(KubernetesClientConfiguration.BuildConfigFromConfigFile(Address.Kubeconfig));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
