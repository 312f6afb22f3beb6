using DifyUpgrade.Prompts;
using Xunit;

namespace DifyUpgrade.Tests.Prompts;

public sealed class DifyTagTests
{
    [Theory]
    [InlineData("1.12.1", 1, 12, 1, 0, false)]
    [InlineData("v1.12.1", 1, 12, 1, 0, false)]
    [InlineData(" 1.12.1 ", 1, 12, 1, 0, false)]
    [InlineData("1.12.1-amd64", 1, 12, 1, 0, false)]
    [InlineData("1.10.1-fix.1", 1, 10, 1, 1, false)]
    [InlineData("1.10.1-fix.1-arm64", 1, 10, 1, 1, false)]
    [InlineData("0.6.12-fix1", 0, 6, 12, 1, false)]
    [InlineData("1.9.0-rc.1", 1, 9, 0, 0, true)]
    [InlineData("2.0.0-beta.1", 2, 0, 0, 0, true)]
    [InlineData("langgenius/dify-api:1.12.1", 1, 12, 1, 0, false)]
    [InlineData("registry.local:5000/dify-api:v1.12.1", 1, 12, 1, 0, false)]
    public void A_version_is_read_without_a_note(string tag, int major, int minor, int patch, int fix, bool isPrerelease)
    {
        var read = DifyTag.Parse(tag);
        Assert.Equal(new DifyVersion(major, minor, patch, fix, isPrerelease), read.Version);
        Assert.Null(read.Note);
    }

    [Theory]
    [InlineData("1.12.1-acme3", "its suffix acme3 is not one of Dify's own")]
    [InlineData("1.12", "it has no third number; 0 is assumed")]
    [InlineData("1.12.1@sha256:0011", "its digest, not its tag, decides what is pulled")]
    public void What_makes_a_version_uncertain_is_noted(string tag, string note)
    {
        var read = DifyTag.Parse(tag);
        Assert.Equal((1, 12, note), (read.Version!.Value.Major, read.Version.Value.Minor, read.Note));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("main")]
    [InlineData("")]
    [InlineData("sha256:0123456789abcdef")]
    [InlineData("0ba321d840bf")]
    [InlineData("20260204")]
    [InlineData("langgenius/dify-api")]
    [InlineData("registry.local:5000/dify-api")]
    [InlineData("1.12345678.1")]
    [InlineData("deploy/1.12.1")]
    public void What_may_be_any_version_is_none(string tag) => Assert.Null(DifyTag.Parse(tag).Version);

    [Fact]
    public void Versions_are_ordered_by_number_with_prereleases_before_and_fixes_after()
    {
        string[] ordered = ["0.6.12", "0.6.12-fix1", "0.15.3", "1.9.0-beta.1", "1.9.0", "1.9.1", "1.10.0", "1.10.1", "1.10.1-fix.2", "1.11.0"];
        Assert.Equal(ordered, ordered.Reverse().OrderBy(tag => DifyTag.Parse(tag).Version!.Value.Rank));
    }
}
