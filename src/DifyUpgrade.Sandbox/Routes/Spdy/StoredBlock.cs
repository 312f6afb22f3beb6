using System.Buffers.Binary;

namespace DifyUpgrade.Sandbox.Routes.Spdy;

/// <summary>Bytes as deflate stores them without compressing: a valid piece of any deflate stream that stands at a whole byte.</summary>
internal static class StoredBlock
{
    private const int HeadLength = 5;

    /// <summary>The block.</summary>
    public static byte[] Of(ReadOnlySpan<byte> content)
    {
        var block = new byte[HeadLength + content.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(1), (ushort)content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(3), (ushort)~content.Length);
        content.CopyTo(block.AsSpan(HeadLength));
        return block;
    }
}
