using System.Buffers.Binary;

namespace DifyUpgrade.Sandbox.Routes.Spdy;

/// <summary>What a frame is for. Frames of other types are read and mean nothing here: windows, settings, priorities.</summary>
internal enum FrameType
{
    /// <summary>Content of a stream.</summary>
    Data = 0,

    /// <summary>The client opens a stream.</summary>
    Open = 1,

    /// <summary>The server takes a stream on.</summary>
    Reply = 2,

    /// <summary>A stream ends without order.</summary>
    Reset = 3,

    /// <summary>Whoever gets it sends it back.</summary>
    Ping = 6,
}

/// <summary>One frame of SPDY/3.1.</summary>
/// <param name="Type">What it is for.</param>
/// <param name="Stream">The stream of a data frame; of others it is in the body.</param>
/// <param name="IsLast">Whether its sender says nothing more on the stream.</param>
/// <param name="Body">What follows its eight bytes.</param>
internal sealed record SpdyFrame(FrameType Type, int Stream, bool IsLast, ReadOnlyMemory<byte> Body)
{
    /// <summary>Bytes in front of the body.</summary>
    public const int HeadLength = 8;

    /// <summary>The stream that a control frame is about.</summary>
    /// <exception cref="InvalidDataException">It is too short to be about one.</exception>
    public int Subject => Body.Length >= 4
        ? BinaryPrimitives.ReadInt32BigEndian(Body.Span) & int.MaxValue
        : throw new InvalidDataException($"A frame of type {Type} has {Body.Length} bytes only.");
}
