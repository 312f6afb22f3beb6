using DifyUpgrade.Parameters;
using Xunit;

namespace DifyUpgrade.Tests.Parameters;

public sealed class HelmDurationTests
{
    [Theory]
    [InlineData("10m", 600)]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5m", 90)]
    [InlineData("500ms", 0.5)]
    public void It_reads_what_helm_reads(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), HelmDuration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("ten")]
    [InlineData("0s")]
    [InlineData("-5m")]
    [InlineData("25h")]
    [InlineData("5m ")]
    public void It_refuses_the_rest(string text) => Assert.Null(HelmDuration.Parse(text));
}
