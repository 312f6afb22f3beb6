using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace DifyUpgrade.Sandbox.Hosting;

/// <summary>A sandbox process as it wrote itself down.</summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Speed">How many times faster than real time its pods live.</param>
/// <param name="StartedAt">Since when.</param>
internal sealed record RunningServer(int ProcessId, Uri Address, double Speed, DateTimeOffset StartedAt)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The process of a folder, if it answers.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops asking.</param>
    /// <returns>Null where none runs.</returns>
    public static async Task<RunningServer?> FindAsync(SandboxFolder folder, CancellationToken cancellation)
    {
        if (!File.Exists(folder.Server))
            return null;
        var server = JsonSerializer.Deserialize<RunningServer>(await File.ReadAllBytesAsync(folder.Server, cancellation))!;
        return await server.AnswersAsync(folder, HttpMethod.Get, "readyz", cancellation) ? server : null;
    }

    /// <summary>Writes it down for those who look for it.</summary>
    /// <param name="folder">The folder.</param>
    public void Save(SandboxFolder folder) => SandboxFolder.Write(folder.Server, stream => JsonSerializer.Serialize(stream, this));

    /// <summary>Asks the process to end, waits until it has, and ends it by force when it does not.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task StopAsync(SandboxFolder folder, CancellationToken cancellation)
    {
        using var process = TryOpen();
        await AnswersAsync(folder, HttpMethod.Post, "sandbox/stop", cancellation);
        if (process is null)
            return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill();
        }
    }

    private Process? TryOpen()
    {
        try
        {
            return Process.GetProcessById(ProcessId);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Only the process that has this folder's certificate and takes its token is the one: a port may have been given to another.
    private async Task<bool> AnswersAsync(SandboxFolder folder, HttpMethod method, string path, CancellationToken cancellation)
    {
        var identity = Identity.Of(folder, TimeProvider.System);
        using var certificate = identity.Certificate();
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == certificate.Thumbprint };
        using var client = new HttpClient(handler) { Timeout = Patience };
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", identity.Token);
        try
        {
            using var response = await client.SendAsync(request, cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }
}
