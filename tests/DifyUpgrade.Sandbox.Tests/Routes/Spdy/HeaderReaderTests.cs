using DifyUpgrade.Sandbox.Routes.Spdy;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes.Spdy;

public sealed class HeaderReaderTests
{
    // As zlib itself compresses them, one after the other with the dictionary of SPDY/3.
    private const string First = "78F9E3C6A7C202A62346703A2B294A4DCC851625ACA9A08006000000FFFF";
    private const string Second = "02651C0C2960624EC90797D1E8E50F17C2E100000000FFFF";

    [Fact]
    public void Blocks_of_one_connection_go_on_with_each_other()
    {
        using var reader = new HeaderReader();
        Assert.Equal("error", reader.Read(Convert.FromHexString(First))["streamtype"]);
        var second = reader.Read(Convert.FromHexString(Second));
        Assert.Equal(("stdout", "text/plain"), (second["streamtype"], second["Content-Type"]));
    }

    [Fact]
    public void The_dictionary_is_that_of_the_protocol()
    {
        var (low, high) = (1u, 0u);
        foreach (var one in HeaderDictionary.Bytes.Span)
        {
            low = (low + one) % 65521;
            high = (high + low) % 65521;
        }

        Assert.Equal(HeaderDictionary.Checksum, (high << 16) | low);
    }

    [Fact]
    public void Spoilt_blocks_are_read_or_refused()
    {
        var random = new Random(11);
        for (var round = 0; round < 3000; round++)
        {
            using var reader = new HeaderReader();
            OnlyRefuses(reader, Spoil(random, Convert.FromHexString(First)));
            OnlyRefuses(reader, Spoil(random, Convert.FromHexString(Second)));
        }
    }

    [Fact]
    public void Headers_that_unpack_to_megabytes_are_refused()
    {
        using var reader = new HeaderReader();
        using var packed = new MemoryStream();
        using (var deflate = new System.IO.Compression.DeflateStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(new byte[10 * 1024 * 1024]);
        Assert.Throws<InvalidDataException>(() => reader.Read([.. Convert.FromHexString(First)[..6], .. packed.ToArray()]));
    }

    private static byte[] Spoil(Random random, byte[] good)
    {
        var spoilt = good[..random.Next(good.Length + 1)];
        for (var count = random.Next(4); count > 0 && spoilt.Length > 0; count--)
            spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
        return spoilt;
    }

    private static void OnlyRefuses(HeaderReader reader, byte[] block)
    {
        try
        {
            reader.Read(block);
        }
        catch (InvalidDataException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
        catch (Exception surprise) when (surprise is not Xunit.Sdk.IAssertionException)
        {
            Assert.Fail($"{surprise.GetType().Name}: {surprise.Message} for {Convert.ToHexString(block)}");
        }
    }
}
