using System.Diagnostics;
using System.Globalization;

namespace DifyUpgrade.Sandbox.Hosting;

/// <summary>Starts, finds and stops the process of a sandbox folder.</summary>
/// <param name="folder">The folder.</param>
/// <param name="time">The clock.</param>
internal sealed class SandboxControl(SandboxFolder folder, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Starts it unless it runs already.</summary>
    /// <param name="speed">How many times faster than real time pods live; one that runs at another speed is started anew.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The running process.</returns>
    public async Task<RunningServer> UpAsync(double speed, CancellationToken cancellation)
    {
        folder.Create();
        using var held = await FolderLock.TakeAsync(folder, time, cancellation);
        if (await RunningServer.FindAsync(folder, cancellation) is { } running)
        {
            if (running.Speed.Equals(speed))
                return running;
            await running.StopAsync(folder, cancellation);
        }

        File.Delete(folder.Server);
        using var process = Start(speed);
        return await WaitAsync(process, cancellation);
    }

    /// <summary>Stops it; its state stays for the next start.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Whether it ran.</returns>
    public async Task<bool> DownAsync(CancellationToken cancellation)
    {
        folder.Create();
        using var held = await FolderLock.TakeAsync(folder, time, cancellation);
        var running = await RunningServer.FindAsync(folder, cancellation);
        if (running is not null)
            await running.StopAsync(folder, cancellation);
        File.Delete(folder.Server);
        return running is not null;
    }

    /// <summary>Stops it and forgets everything in it.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task ResetAsync(CancellationToken cancellation)
    {
        await DownAsync(cancellation);
        File.Delete(folder.State);
    }

    // It outlives this process and the terminal: it has no part in their streams, and ignores Ctrl-C (see SandboxServer).
    private Process Start(double speed)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, CreateNoWindow = true };
        start.ArgumentList.Add(typeof(SandboxControl).Assembly.Location);
        start.ArgumentList.Add("serve");
        start.ArgumentList.Add("--folder");
        start.ArgumentList.Add(Path.GetDirectoryName(folder.Server)!);
        start.ArgumentList.Add("--speed");
        start.ArgumentList.Add(speed.ToString(CultureInfo.InvariantCulture));
        return Process.Start(start)!;
    }

    // It says one line when it answers; one that ends before says none.
    private async Task<RunningServer> WaitAsync(Process process, CancellationToken cancellation)
    {
        try
        {
            if (await process.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(Patience, time, cancellation) is not null
                && await RunningServer.FindAsync(folder, cancellation) is { } server)
            {
                return server;
            }
        }
        catch (TimeoutException)
        {
            process.Kill();
        }

        throw new SandboxFailure($"The sandbox did not start; {LastWords()}");
    }

    private string LastWords() => File.Exists(folder.Log) && File.ReadLines(folder.Log).LastOrDefault() is { } line ? $"{folder.Log} ends with: {line}" : $"{folder.Log} says nothing";
}
