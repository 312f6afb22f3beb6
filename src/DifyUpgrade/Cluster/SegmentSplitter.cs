using System.Text;
using System.Text.RegularExpressions;

namespace DifyUpgrade.Cluster;

/// <summary>
/// Takes apart what <c>cat separator file separator file … separator</c> writes. The separator is the kernel's boot id:
/// its text is not known beforehand, but it comes first, has a fixed form, and stands in no file by chance.
/// </summary>
/// <param name="segments">Receives each segment's bytes.</param>
internal sealed partial class SegmentSplitter(SegmentDigests segments)
{
    /// <summary>The length of a boot id with its line feed.</summary>
    public const int SeparatorLength = 37;

    private byte[] _separator = [];
    private byte[] _pending = [];

    /// <summary>How many separators came so far.</summary>
    public int Separators { get; private set; }

    /// <summary>Whether what came first was a separator; null as long as too little came.</summary>
    public bool? Recognized { get; private set; }

    /// <summary>Whether so many separators came and nothing after the last.</summary>
    /// <param name="separators">How many were asked for.</param>
    /// <returns>True for a complete answer.</returns>
    public bool IsComplete(int separators) => Recognized == true && Separators == separators && _pending.Length == 0;

    /// <summary>Takes the next bytes; where they are cut does not matter.</summary>
    /// <param name="chunk">The bytes.</param>
    public void Feed(ReadOnlySpan<byte> chunk)
    {
        if (Recognized == false)
            return;
        byte[] bytes = [.. _pending, .. chunk];
        ReadOnlySpan<byte> rest = bytes;
        if (Recognized is null)
        {
            if (rest.Length < SeparatorLength)
            {
                _pending = bytes;
                return;
            }

            _separator = rest[..SeparatorLength].ToArray();
            Recognized = BootId().IsMatch(Encoding.ASCII.GetString(_separator));
            if (Recognized == false)
                return;
        }

        _pending = Split(rest).ToArray();
    }

    private ReadOnlySpan<byte> Split(ReadOnlySpan<byte> rest)
    {
        int at;
        while ((at = rest.IndexOf(_separator)) >= 0)
        {
            segments.Append(rest[..at]);
            segments.Next();
            Separators++;
            rest = rest[(at + SeparatorLength)..];
        }

        // Hold back only what can be the beginning of a separator, so that a complete answer leaves nothing over.
        var keep = Math.Min(rest.Length, SeparatorLength - 1);
        while (keep > 0 && !_separator.AsSpan().StartsWith(rest[^keep..]))
            keep--;
        segments.Append(rest[..^keep]);
        return rest[^keep..];
    }

    [GeneratedRegex(@"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\n\z")]
    private static partial Regex BootId();
}
