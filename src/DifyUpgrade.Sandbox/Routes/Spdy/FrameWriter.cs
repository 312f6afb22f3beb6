using System.Buffers.Binary;

namespace DifyUpgrade.Sandbox.Routes.Spdy;

/// <summary>Writes frames, one at a time.</summary>
/// <param name="connection">Where they go.</param>
internal sealed class FrameWriter(Stream connection) : IDisposable
{
    private const uint Control = 0x80030000;
    private const int LongestBody = 32 * 1024;

    // No headers: a zlib stream that names the dictionary and makes no use of it. Later blocks go on with the same stream.
    // The empty block at the end tells Go's inflater to hand out what it has.
    private static readonly byte[] NoHeaders = [.. StoredBlock.Of([0, 0, 0, 0]), .. StoredBlock.Of([])];
    private static readonly byte[] FirstNoHeaders = [0x78, 0xBB, 0xE3, 0xC6, 0xA7, 0xC2, .. NoHeaders];

    private readonly SemaphoreSlim _sending = new(1);
    private bool _hasReplied;

    /// <summary>Takes a stream on.</summary>
    public async Task ReplyAsync(int stream, CancellationToken cancellation)
    {
        var headers = _hasReplied ? NoHeaders : FirstNoHeaders;
        _hasReplied = true;
        var body = new byte[4 + headers.Length];
        BinaryPrimitives.WriteInt32BigEndian(body, stream);
        headers.CopyTo(body, 4);
        await SendAsync(Control | (uint)FrameType.Reply, body, isLast: false, cancellation);
    }

    /// <summary>Sends a ping back.</summary>
    public Task PongAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation) => SendAsync(Control | (uint)FrameType.Ping, body, isLast: false, cancellation);

    /// <summary>Says something on a stream.</summary>
    public async Task DataAsync(int stream, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        for (var start = 0; start < content.Length; start += LongestBody)
            await SendAsync((uint)stream, content.Slice(start, Math.Min(LongestBody, content.Length - start)), isLast: false, cancellation);
    }

    /// <summary>Says that nothing more will come on a stream.</summary>
    public Task EndAsync(int stream, CancellationToken cancellation) => SendAsync((uint)stream, ReadOnlyMemory<byte>.Empty, isLast: true, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _sending.Dispose();

    private async Task SendAsync(uint first, ReadOnlyMemory<byte> body, bool isLast, CancellationToken cancellation)
    {
        var frame = new byte[SpdyFrame.HeadLength + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, first);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (isLast ? 1u << 24 : 0) | (uint)body.Length);
        body.CopyTo(frame.AsMemory(SpdyFrame.HeadLength));
        await _sending.WaitAsync(cancellation);
        try
        {
            await connection.WriteAsync(frame, cancellation);
            await connection.FlushAsync(cancellation);
        }
        finally
        {
            _sending.Release();
        }
    }
}
