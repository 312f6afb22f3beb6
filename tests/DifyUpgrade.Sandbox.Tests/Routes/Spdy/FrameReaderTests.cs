using DifyUpgrade.Sandbox.Routes.Spdy;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes.Spdy;

public sealed class FrameReaderTests
{
    [Fact]
    public async Task Frames_are_read_one_after_the_other()
    {
        Assert.Equal(
            ["Data of 5, last, 2 bytes", "Ping of 0, 4 bytes", "12 of 0, 0 bytes"],
            await ReadAsync([0, 0, 0, 5, 1, 0, 0, 2, 7, 7, 0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1, 0x80, 3, 0, 12, 0, 0, 0, 0]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000005")]
    [InlineData("0000000501000002")]
    [InlineData("000000050100000207")]
    public async Task A_connection_that_ends_within_a_frame_ends(string bytes) => Assert.Empty(await ReadAsync(Convert.FromHexString(bytes)));

    [Theory]
    [InlineData("0000000100FFFFFF")]
    [InlineData("8002000100000000")]
    [InlineData("FFFF000100000000")]
    public async Task What_is_no_SPDY_is_refused(string bytes) => await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(Convert.FromHexString(bytes)));

    [Fact]
    public async Task Random_bytes_are_read_or_refused_and_always_come_to_an_end()
    {
        var random = new Random(3);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            if (bytes.Length > 5 && round % 2 == 0)
                (bytes[0], bytes[1], bytes[5], bytes[2]) = (0x80, 3, 0, 0);
            Exception? refused = await Record.ExceptionAsync(() => ReadAsync(bytes));
            Assert.True(refused is null or InvalidDataException, $"{refused} for {Convert.ToHexString(bytes)}");
        }
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(byte[] bytes)
    {
        using var connection = new MemoryStream(bytes);
        var reader = new FrameReader(connection);
        var seen = new List<string>();
        while (await reader.NextAsync(TestContext.Current.CancellationToken) is { } frame)
            seen.Add($"{frame.Type} of {frame.Stream}, {(frame.IsLast ? "last, " : "")}{frame.Body.Length} bytes");
        return seen;
    }
}
