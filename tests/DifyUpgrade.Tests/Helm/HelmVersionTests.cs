using DifyUpgrade.Helm;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

public sealed class HelmVersionTests
{
    [Theory]
    [InlineData("v3.10.1+g9f88ccb", "3.10.1")]
    [InlineData("v3.10.1+g9f88ccb\n", "3.10.1")]
    [InlineData("v4.0.0-rc.1+g12500dd", "4.0.0")]
    [InlineData("v4.2.4", "4.2.4")]
    [InlineData("3.21.4", "3.21.4")]
    public void It_reads_what_helm_prints(string text, string expected) =>
        Assert.Equal(expected, HelmVersion.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("Client: v2.17.0+ga690bad")]
    [InlineData("v3.10")]
    [InlineData("3.10.1 of something")]
    [InlineData("v3.10.99999999999")]
    public void Anything_else_is_no_version(string text)
    {
        Assert.Null(HelmVersion.TryParse(text));
        Assert.Contains(text, Assert.Throws<FormatException>(() => HelmVersion.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_compare_by_number()
    {
        Assert.True(new HelmVersion(3, 9, 4) < HelmVersion.Minimum);
        Assert.True(new HelmVersion(3, 10, 0) >= HelmVersion.Minimum);
        Assert.True(new HelmVersion(4, 0, 0) > new HelmVersion(3, 21, 4));
        Assert.True(new HelmVersion(3, 10, 0) <= new HelmVersion(3, 10, 1));
    }
}
