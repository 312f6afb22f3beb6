using System.Text;
using DifyUpgrade.Cluster;
using Xunit;

namespace DifyUpgrade.Tests.Cluster;

public sealed class SegmentSplitterTests
{
    private const string Id = "0b1e5a52-6f3c-4d11-9f0e-2b7a3c1d4e5f\n";

    // The second file ends with the beginning of a separator, which must not be held back or lost.
    private static readonly byte[] Answer = Encoding.UTF8.GetBytes($"{Id}A = 1\n{Id}x{Id[..36]}{Id}{Id}mounts{Id}");

    [Fact]
    public void It_splits_the_same_wherever_the_chunks_are_cut()
    {
        for (var cut = 0; cut <= Answer.Length; cut++)
            Assert.Equal(["", "A = 1\n", $"x{Id[..36]}", "", "mounts"], Split(Answer[..cut], Answer[cut..]));
    }

    [Fact]
    public void It_splits_the_same_byte_by_byte() =>
        Assert.Equal(["", "A = 1\n", $"x{Id[..36]}", "", "mounts"], Split([.. Answer.Select(one => new[] { one })]));

    [Fact]
    public void The_hash_is_of_the_bytes()
    {
        using var segments = new SegmentDigests(_ => false);
        new SegmentSplitter(segments).Feed(Answer);
        var file = segments.Finished[1];
        Assert.Equal((6L, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("A = 1\n"u8))), (file.Length, file.Sha256));
        Assert.Null(file.Content);
    }

    [Fact]
    public void An_answer_that_was_cut_is_not_complete()
    {
        for (var cut = 0; cut < Answer.Length; cut++)
        {
            using var segments = new SegmentDigests(_ => false);
            var splitter = new SegmentSplitter(segments);
            splitter.Feed(Answer.AsSpan(0, cut));
            Assert.False(splitter.IsComplete(5), $"cut at {cut}");
        }
    }

    [Fact]
    public void Anything_after_the_last_separator_is_not_complete()
    {
        using var segments = new SegmentDigests(_ => false);
        var splitter = new SegmentSplitter(segments);
        splitter.Feed(Answer);
        Assert.True(splitter.IsComplete(5));
        splitter.Feed("0b1"u8);
        Assert.False(splitter.IsComplete(5));
    }

    [Fact]
    public void A_beginning_that_is_no_boot_id_is_told()
    {
        using var segments = new SegmentDigests(_ => false);
        var splitter = new SegmentSplitter(segments);
        splitter.Feed("import os, and this is long enough for one\n"u8);
        Assert.False(splitter.Recognized);
    }

    private static string[] Split(params byte[][] chunks)
    {
        using var segments = new SegmentDigests(_ => true);
        var splitter = new SegmentSplitter(segments);
        foreach (var chunk in chunks)
            splitter.Feed(chunk);
        Assert.True(splitter.IsComplete(5));
        return [.. segments.Finished.Select(segment => Encoding.UTF8.GetString(segment.Content!))];
    }
}
