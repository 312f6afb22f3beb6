using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes;

/// <summary>Runs commands over a WebSocket, as kubectl does since 1.30.</summary>
internal static class ExecSocketClient
{
    public const string Version4 = "v4.channel.k8s.io";
    public const string Version5 = "v5.channel.k8s.io";

    /// <summary>What a command writes, and the Status that says how it ended.</summary>
    public static async Task<(string Output, string Error, JsonNode? Status)> RunAsync(RunningSandbox sandbox, string path, string protocol = Version5)
    {
        using var socket = await ConnectAsync(sandbox, path, protocol);
        return await ReadAsync(socket);
    }

    public static async Task<ClientWebSocket> ConnectAsync(RunningSandbox sandbox, string path, string protocol)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        socket.Options.SetRequestHeader("Authorization", "Bearer " + RunningSandbox.AdminToken);
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == sandbox.Certificate.GetCertHashString();
        await socket.ConnectAsync(new UriBuilder(new Uri(sandbox.Address, path)) { Scheme = "wss" }.Uri, TestContext.Current.CancellationToken);
        Assert.Equal(protocol, socket.SubProtocol);
        return socket;
    }

    public static async Task SendAsync(WebSocket socket, byte[] message) =>
        await socket.SendAsync(message, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);

    public static async Task<(string Output, string Error, JsonNode? Status)> ReadAsync(WebSocket socket)
    {
        var texts = new StringBuilder[] { new(), new(), new(), new() };
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is { MessageType: not WebSocketMessageType.Close } part)
        {
            Assert.True(part.EndOfMessage);
            texts[buffer[0]].Append(Encoding.UTF8.GetString(buffer, 1, part.Count - 1));
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
        return (texts[1].ToString(), texts[2].ToString(), JsonNode.Parse(texts[3].ToString()));
    }
}
