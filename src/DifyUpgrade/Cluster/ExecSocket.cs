using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace DifyUpgrade.Cluster;

/// <summary>
/// The WebSocket of an exec. The handshake goes over the same HTTP client as every other request, because
/// ClientWebSocket throws a refusal's body away, and only the body tells "no such pod" from "container not running".
/// </summary>
internal sealed class ExecSocket : IDisposable
{
    private const string Protocol = "v4.channel.k8s.io";
    private const string HandshakeGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private readonly HttpResponseMessage _response;
    private readonly WebSocket _socket;

    private ExecSocket(HttpResponseMessage response, WebSocket socket)
    {
        _response = response;
        _socket = socket;
    }

    /// <summary>Starts a command in a container, without input.</summary>
    /// <param name="transport">The cluster.</param>
    /// <param name="container">The container.</param>
    /// <param name="command">The command and its arguments; no shell sees them.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The open socket.</returns>
    /// <exception cref="ClusterException">The server or the node refuses.</exception>
    public static async Task<ExecSocket> OpenAsync(
        ApiTransport transport, ContainerReference container, IReadOnlyList<string> command, CancellationToken cancellation)
    {
        var request = ApiRequest.Get(
            ApiPath.Core("namespaces", container.Namespace, "pods", container.Pod, "exec"),
            [
                .. command.Select(argument => ("command", (string?)argument)),
                ("container", container.Container),
                ("stdout", "1"),
                ("stderr", "1"),
            ]);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var response = await transport.OpenAsync(
            request,
            [
                ("Connection", "Upgrade"),
                ("Upgrade", "websocket"),
                ("Sec-WebSocket-Version", "13"),
                ("Sec-WebSocket-Key", key),
                ("Sec-WebSocket-Protocol", Protocol),
            ],
            cancellation);
        if (response.Headers.TryGetValues("Sec-WebSocket-Accept", out var accept) && accept.SequenceEqual([AcceptOf(key)]))
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellation);
            return new(response, WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { SubProtocol = Protocol }));
        }

        response.Dispose();
        throw transport.Failures.Unintelligible(request, "it does not speak WebSocket (a proxy in between?)");
    }

    /// <summary>Receives the next piece of a message.</summary>
    /// <param name="buffer">Where to put it.</param>
    /// <param name="cancellation">Ends the wait, and the connection with it.</param>
    /// <returns>What was received.</returns>
    public ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation) =>
        _socket.ReceiveAsync(buffer, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _response.Dispose();
    }

    // RFC 6455 fixes SHA-1 here; it only proves that the peer understood the handshake.
#pragma warning disable CA5350
    private static string AcceptOf(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + HandshakeGuid)));
#pragma warning restore CA5350
}
