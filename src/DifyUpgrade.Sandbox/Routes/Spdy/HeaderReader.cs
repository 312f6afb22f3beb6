using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DifyUpgrade.Sandbox.Routes.Spdy;

/// <summary>
/// Reads the headers of one connection: a single zlib stream over all its blocks, with a dictionary. .NET's inflater takes
/// no dictionary, but one that stands uncompressed in front of the data does the same.
/// </summary>
internal sealed class HeaderReader : IDisposable
{
    private const int ZlibHeadLength = 6;
    private const int DictionaryFlag = 0x20;
    private const int MostBytes = 64 * 1024;

    private readonly MemoryStream _compressed = new();
    private readonly DeflateStream _inflated;
    private bool _hasBegun;

    /// <summary>Begins with the dictionary.</summary>
    public HeaderReader()
    {
        _inflated = new DeflateStream(_compressed, CompressionMode.Decompress, leaveOpen: true);
        Feed(StoredBlock.Of(HeaderDictionary.Bytes.Span));
        _inflated.ReadExactly(new byte[HeaderDictionary.Bytes.Length]);
    }

    /// <summary>Reads a block.</summary>
    /// <returns>The headers; names in small letters.</returns>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public IReadOnlyDictionary<string, string> Read(ReadOnlySpan<byte> block)
    {
        if (!_hasBegun)
            block = WithoutHead(block);
        _hasBegun = true;
        Feed(block);
        return Parse(Inflate());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inflated.Dispose();
        _compressed.Dispose();
    }

    private static ReadOnlySpan<byte> WithoutHead(ReadOnlySpan<byte> block) =>
        block.Length >= ZlibHeadLength && (block[1] & DictionaryFlag) != 0 && BinaryPrimitives.ReadUInt32BigEndian(block[2..]) == HeaderDictionary.Checksum
            ? block[ZlibHeadLength..]
            : throw new InvalidDataException("The headers are not compressed with the dictionary of SPDY/3.");

    private void Feed(ReadOnlySpan<byte> compressed)
    {
        _compressed.SetLength(0);
        _compressed.Write(compressed);
        _compressed.Position = 0;
    }

    private ReadOnlySpan<byte> Inflate()
    {
        var content = new byte[MostBytes];
        var length = 0;
        while (length < MostBytes && _inflated.Read(content, length, MostBytes - length) is > 0 and var read)
            length += read;
        return length < MostBytes ? content.AsSpan(0, length) : throw new InvalidDataException($"The headers have more than {MostBytes} bytes.");
    }

    private static Dictionary<string, string> Parse(ReadOnlySpan<byte> content)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var count = TakeNumber(ref content);
        for (var index = 0; index < count; index++)
        {
            var name = TakeText(ref content);
            headers[name] = TakeText(ref content);
        }

        return headers;
    }

    private static int TakeNumber(ref ReadOnlySpan<byte> content)
    {
        if (content.Length < 4 || BinaryPrimitives.ReadInt32BigEndian(content) is not (>= 0 and var number))
            throw new InvalidDataException("The headers end early.");
        content = content[4..];
        return number;
    }

    private static string TakeText(ref ReadOnlySpan<byte> content)
    {
        var length = TakeNumber(ref content);
        if (length > content.Length)
            throw new InvalidDataException("The headers end early.");
        var text = Encoding.UTF8.GetString(content[..length]);
        content = content[length..];
        return text;
    }
}
