using DifyUpgrade.Sandbox.Tables;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Tables;

public sealed class AgoTests
{
    [Theory]
    [InlineData(-5, "<invalid>")]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(374, "6m14s")]
    [InlineData(3599, "59m")]
    [InlineData(4 * 3600, "4h")]
    [InlineData((4 * 3600) + 120, "4h2m")]
    [InlineData(47 * 3600, "47h")]
    [InlineData(50 * 3600, "2d2h")]
    [InlineData(30 * 86400, "30d")]
    [InlineData(3 * 365 * 86400, "3y")]
    public void Spans_are_as_short_as_kubectls(long seconds, string expected) => Assert.Equal(expected, Ago.Short(TimeSpan.FromSeconds(seconds)));
}
