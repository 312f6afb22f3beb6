using System.Net;
using System.Net.Sockets;

namespace DifyUpgrade.Scenarios.Harness;

/// <summary>A web site on this machine that answers well, but for some requests.</summary>
internal sealed class Site : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HashSet<int> _failing;
    private int _requests;

    /// <summary>Starts it.</summary>
    /// <param name="failing">The requests that fail, counted from 1.</param>
    public Site(params IEnumerable<int> failing)
    {
        _failing = [.. failing];
        Port = FreePort();
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Its address with a secret in every place that has one.</summary>
    public string AddressWith(string secret) => $"http://user:{secret}@127.0.0.1:{Port}/health?token={secret}";

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                context.Response.StatusCode = _failing.Contains(++_requests) ? 503 : 200;
                context.Response.Close();
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
        }
    }
}
