using System.Security.Cryptography;

namespace DifyUpgrade.Cluster;

/// <summary>Hashes segments as they stream by, and keeps those that are wanted.</summary>
/// <param name="keep">Whether to keep the bytes of the segment with this number.</param>
internal sealed class SegmentDigests(Func<int, bool> keep) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<SegmentDigest> _finished = [];
    private readonly MemoryStream _content = new();
    private long _length;

    /// <summary>The segments that a separator has ended. The first is what came before the first separator: nothing.</summary>
    public IReadOnlyList<SegmentDigest> Finished => _finished;

    /// <summary>Adds bytes to the current segment.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        _length += bytes.Length;
        if (keep(_finished.Count))
            _content.Write(bytes);
    }

    /// <summary>Ends the current segment.</summary>
    public void Next()
    {
        var content = keep(_finished.Count) ? _content.ToArray() : null;
        _finished.Add(new(_length, Convert.ToHexStringLower(_hash.GetHashAndReset()), content));
        _content.SetLength(0);
        _length = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hash.Dispose();
        _content.Dispose();
    }
}

/// <summary>A segment.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Sha256">Its hash in lower-case hex.</param>
/// <param name="Content">Its bytes, if they were to be kept.</param>
internal sealed record SegmentDigest(long Length, string Sha256, byte[]? Content);
