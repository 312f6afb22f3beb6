using System.Security.Cryptography.X509Certificates;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Pods;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Hosting;

/// <summary>The process of a sandbox: the API, the controllers, the nodes, and its state on disk.</summary>
/// <param name="folder">Where it lives.</param>
/// <param name="speed">How many times faster than real time pods live.</param>
internal sealed class SandboxServer(SandboxFolder folder, double speed) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PodTime _time = new(TimeProvider.System, speed);

    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>When everything is saved.</returns>
    public async Task RunAsync()
    {
        folder.Create();
        using var signals = new IgnoredSignals(_stop);
        using var log = new ServerLog(folder.Log, _time.Real);
        var store = new ObjectStore(_time.Real);
        StateFile.Load(folder.State, store);
        InitialObjects.Ensure(store, _time.Now);
        var faults = new FaultPlan();
        var identity = Identity.Of(folder, _time.Real);
        using var certificate = identity.Certificate();
        using var controllers = Controllers.Loop(new ControlPlane(store, _time, faults) { CertificateAuthority = certificate.ExportCertificatePem() }, log);
        using var kubelets = new KubeletLoop(store, _time, faults, log);

        await using var app = await StartAppAsync(SettingsOf(identity, certificate), store, faults, new PodRuntime(kubelets, faults, _time));
        Announce(identity with { Port = app.Address.Port }, app.Address);
        await Console.Out.WriteLineAsync($"The sandbox answers at {app.Address}");
        await RunAsync(log, controllers.RunAsync, kubelets.RunAsync, new StateSaver(folder.State, store, _time.Real).RunAsync);
        File.Delete(folder.Server);
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    // One that ends by itself has failed: then the sandbox ends as a whole, rather than go on half alive.
    private async Task RunAsync(ServerLog log, params IEnumerable<Func<CancellationToken, Task>> parts)
    {
        List<Task> running = [.. parts.Select(part => Task.Run(() => part(_stop.Token)))];
        await Task.WhenAny(running);
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException)
        {
        }

        foreach (var failure in running.Where(part => part.IsFaulted).Select(part => part.Exception!))
            log.Write("ended by " + failure);
    }

    private SandboxSettings SettingsOf(Identity identity, X509Certificate2 certificate) => new(certificate, identity.Token)
    {
        Port = identity.Port,
        Time = _time,
        UserTokens = new Dictionary<string, string> { [identity.RestrictedToken] = "restricted" },
        Stop = _stop.Cancel,
    };

    // The port of the last start where it is still free: a kubeconfig that somebody copied then stays good.
    private async Task<SandboxApp> StartAppAsync(SandboxSettings settings, ObjectStore store, FaultPlan faults, PodRuntime pods)
    {
        try
        {
            return await SandboxApp.StartAsync(settings, store, faults, pods, _stop.Token);
        }
        catch (IOException) when (settings.Port != 0)
        {
            return await SandboxApp.StartAsync(settings with { Port = 0 }, store, faults, pods, _stop.Token);
        }
    }

    private void Announce(Identity identity, Uri address)
    {
        identity.Save(folder);
        KubeconfigFile.Write(folder.Kubeconfig, identity, "admin", identity.Token);
        KubeconfigFile.Write(folder.RestrictedKubeconfig, identity, "restricted", identity.RestrictedToken);
        new RunningServer(Environment.ProcessId, address, speed, _time.Now).Save(folder);
    }
}
