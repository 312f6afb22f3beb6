using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes.Spdy;

/// <summary>A client that speaks as much SPDY as kubectl needs for exec; its headers are stored, not compressed.</summary>
internal sealed class SpdyConnection : IAsyncDisposable
{
    private readonly TcpClient _tcp = new();
    private SslStream? _tls;
    private bool _hasOpened;
    private int _next = 1;

    /// <summary>The head of the answer to the upgrade.</summary>
    public string Head { get; private set; } = "";

    /// <summary>The connection itself, for what is no frame.</summary>
    public Stream Raw => _tls!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SpdyConnection> OpenAsync(RunningSandbox sandbox, string path, string protocols = "v4.channel.k8s.io")
    {
#pragma warning disable CA2000 // Whoever opens a connection closes it.
        var connection = new SpdyConnection();
#pragma warning restore CA2000
        await connection._tcp.ConnectAsync(IPAddress.Loopback, sandbox.Address.Port, Cancellation);
        connection._tls = new SslStream(connection._tcp.GetStream(), false, (_, certificate, _, _) => certificate?.GetCertHashString() == sandbox.Certificate.GetCertHashString());
        await connection._tls.AuthenticateAsClientAsync("127.0.0.1");
        var request = $"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {RunningSandbox.AdminToken}\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nContent-Length: 0\r\nX-Stream-Protocol-Version: {protocols}\r\n\r\n";
        await connection._tls.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        while (!connection.Head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            connection.Head += (char)(await connection.BytesAsync(1))[0];
        return connection;
    }

    /// <summary>Opens a stream.</summary>
    public async Task<int> StreamAsync(string type)
    {
        var stream = _next;
        _next += 2;
        byte[] headers = [.. Number(1), .. Number(10), .. "streamtype"u8, .. Number(type.Length), .. Encoding.ASCII.GetBytes(type)];
        byte[] stored = [.. _hasOpened ? [] : (byte[])[0x78, 0xBB, 0xE3, 0xC6, 0xA7, 0xC2], 0, (byte)headers.Length, 0, (byte)~headers.Length, 0xFF, .. headers];
        _hasOpened = true;
        await ControlAsync(1, [.. Number(stream), .. Number(0), 0, 0, .. stored]);
        Assert.Equal((2, stream), await ReplyAsync());
        return stream;
    }

    public async Task ControlAsync(int type, byte[] body) => await Raw.WriteAsync((byte[])[0x80, 3, 0, (byte)type, .. Number(body.Length), .. body], Cancellation);

    public async Task DataAsync(int stream, string text, bool isLast = false) =>
        await Raw.WriteAsync((byte[])[.. Number(stream), .. Number(text.Length | (isLast ? 1 << 24 : 0)), .. Encoding.ASCII.GetBytes(text)], Cancellation);

    /// <summary>The next frame: type (0 for data), stream of a data frame, whether it is the last, body.</summary>
    public async Task<(int Type, int Stream, bool IsLast, byte[] Body)> FrameAsync()
    {
        var head = await BytesAsync(8);
        var body = await BytesAsync(BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)) & 0xFFFFFF);
        return (head[0] == 0x80 ? head[3] : 0, head[0] == 0x80 ? 0 : BinaryPrimitives.ReadInt32BigEndian(head), (head[4] & 1) != 0, body);
    }

    /// <summary>What is said on each stream until all of them have ended.</summary>
    public async Task<Dictionary<int, string>> ReadAsync(params int[] streams)
    {
        var (texts, open) = (streams.ToDictionary(stream => stream, _ => ""), streams.ToHashSet());
        while (open.Count > 0)
        {
            var (type, stream, isLast, body) = await FrameAsync();
            Assert.True(type == 0 && open.Contains(stream), $"a frame of type {type} on stream {stream}");
            texts[stream] += Encoding.UTF8.GetString(body);
            if (isLast)
                open.Remove(stream);
        }

        return texts;
    }

    public async ValueTask DisposeAsync()
    {
        if (_tls is not null)
            await _tls.DisposeAsync();
        _tcp.Dispose();
    }

    public static byte[] Number(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private async Task<(int Type, int Stream)> ReplyAsync()
    {
        var (type, _, _, body) = await FrameAsync();
        return (type, BinaryPrimitives.ReadInt32BigEndian(body));
    }

    private async Task<byte[]> BytesAsync(int count)
    {
        var bytes = new byte[count];
        await Raw.ReadExactlyAsync(bytes, Cancellation);
        return bytes;
    }
}
