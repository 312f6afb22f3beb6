using System.Net;
using System.Net.Sockets;

namespace DifyUpgrade.Scenarios.Harness;

/// <summary>A web site on this machine.</summary>
internal sealed class Site : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Action<HttpListenerResponse, int> _answer;
    private int _requests;

    /// <summary>Starts one that answers well, but for some requests.</summary>
    /// <param name="failing">The requests that fail, counted from 1.</param>
    public Site(params IEnumerable<int> failing)
        : this(FreePort(), (response, number) => response.StatusCode = failing.Contains(number) ? 503 : 200)
    {
    }

    private Site(int port, Action<HttpListenerResponse, int> answer)
    {
        (Port, _answer) = (port, answer);
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Starts a registry that gives nothing away, whoever asks.</summary>
    public static Site RefusingRegistry() => new(RefusingPort, (response, _) =>
    {
        response.StatusCode = 401;
        response.AddHeader("WWW-Authenticate", "Basic realm=\"private\"");
    });

    /// <summary>Where that registry listens: the nodes of <c>tests/cluster</c> are told so.</summary>
    public const int RefusingPort = 27187;

    /// <summary>How many requests came.</summary>
    public int Requests => _requests;

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
                _answer(context.Response, Interlocked.Increment(ref _requests));
                context.Response.Close();
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
        }
    }
}
