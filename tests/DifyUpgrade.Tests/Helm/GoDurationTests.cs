using DifyUpgrade.Helm;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("00:00:00", "0s")]
    [InlineData("00:00:00.250", "250ms")]
    [InlineData("00:00:01.500", "1.5s")]
    [InlineData("00:00:45", "45s")]
    [InlineData("00:10:00", "10m0s")]
    [InlineData("01:00:00", "1h0m0s")]
    [InlineData("1.01:01:01", "25h1m1s")]
    public void It_writes_durations_as_Go_does(string duration, string expected) =>
        Assert.Equal(expected, GoDuration.Format(TimeSpan.Parse(duration)));

    [Fact]
    public void A_negative_duration_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GoDuration.Format(TimeSpan.FromSeconds(-1)));
}
