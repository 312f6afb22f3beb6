using System.Buffers.Binary;

namespace DifyUpgrade.Sandbox.Routes.Spdy;

/// <summary>Reads frames.</summary>
/// <param name="connection">Where they come from.</param>
internal sealed class FrameReader(Stream connection)
{
    private const uint ControlBit = 0x80000000;
    private const int Version = 3;
    private const byte LastFlag = 1;

    // kubectl sends 32 KiB at most.
    private const int LongestBody = 1024 * 1024;

    /// <summary>The next frame.</summary>
    /// <returns>Null where the connection has ended, in order or within a frame.</returns>
    /// <exception cref="InvalidDataException">What comes is no SPDY/3.1.</exception>
    public async Task<SpdyFrame?> NextAsync(CancellationToken cancellation)
    {
        var head = new byte[SpdyFrame.HeadLength];
        if (await connection.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation) < head.Length)
            return null;
        var (first, second) = (BinaryPrimitives.ReadUInt32BigEndian(head), BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4)));
        var length = (int)(second & 0xFFFFFF);
        if (length > LongestBody)
            throw new InvalidDataException($"A frame of {length} bytes is longer than {LongestBody}.");
        var isControl = (first & ControlBit) != 0;
        if (isControl && ((first >> 16) & 0x7FFF) != Version)
            throw new InvalidDataException($"A frame is of version {(first >> 16) & 0x7FFF}, not {Version}.");
        var body = new byte[length];
        if (await connection.ReadAtLeastAsync(body, length, throwOnEndOfStream: false, cancellation) < length)
            return null;
        return new SpdyFrame(isControl ? (FrameType)(first & 0xFFFF) : FrameType.Data, isControl ? 0 : (int)first, ((second >> 24) & LastFlag) != 0, body);
    }
}
