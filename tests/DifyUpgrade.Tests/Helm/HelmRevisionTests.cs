using System.Text.Json;
using DifyUpgrade.Helm;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

public sealed class HelmRevisionTests
{
    // As helm 3.10.1 printed it, after an upgrade that was killed and one that was interrupted.
    private const string History =
        """
        [{"revision":1,"updated":"2025-11-23T22:43:47.755092684Z","status":"superseded","chart":"dify-0.1.0","app_version":"1.9.0","description":"Install complete"},
        {"revision":2,"updated":"2025-11-23T23:43:47.755092684+01:00","status":"deployed","chart":"dify-0.2.0","app_version":"","description":"Rollback to 1"},
        {"revision":3,"updated":"2025-11-23T22:44:02Z","status":"failed","chart":"dify-0.2.0","app_version":"1.9.1","description":"Upgrade \"dify\" failed: context canceled"},
        {"revision":4,"updated":"","status":"pending-upgrade","chart":"dify-0.2.0","app_version":"1.9.1","description":"Preparing upgrade"}]
        """;

    [Fact]
    public void History_keeps_what_helm_said()
    {
        var revision = HelmRevision.ParseHistory(History)[1];

        Assert.Equal(2, revision.Revision);
        Assert.Equal(new DateTimeOffset(2025, 11, 23, 22, 43, 47, TimeSpan.Zero).AddTicks(7550926), revision.Updated);
        Assert.Equal("deployed", revision.Status);
        Assert.Equal("dify-0.2.0", revision.Chart);
        Assert.Empty(revision.AppVersion);
        Assert.Equal("Rollback to 1", revision.Description);
    }

    [Fact]
    public void Good_and_pending_follow_the_status()
    {
        var revisions = HelmRevision.ParseHistory(History);

        Assert.Equal([1, 2], revisions.Where(entry => entry.IsGood).Select(entry => entry.Revision));
        Assert.Equal([4], revisions.Where(entry => entry.IsPending).Select(entry => entry.Revision));
    }

    [Fact]
    public void A_time_helm_does_not_know_is_no_error()
    {
        Assert.Equal(DateTimeOffset.MinValue, HelmRevision.ParseHistory(History)[3].Updated);
        var withoutTime = HelmRevision.ParseHistory("""[{"revision":1,"status":"deployed","chart":"c-1","app_version":"","description":""}]""");
        Assert.Equal(DateTimeOffset.MinValue, Assert.Single(withoutTime).Updated);
    }

    [Fact]
    public void Revisions_come_oldest_first()
    {
        const string Newest = """[{"revision":2,"status":"deployed","chart":"","app_version":"","description":""},{"revision":1,"status":"superseded","chart":"","app_version":"","description":""}]""";
        Assert.Equal([1, 2], HelmRevision.ParseHistory(Newest).Select(entry => entry.Revision));
    }

    [Theory]
    [InlineData("")]
    [InlineData("REVISION  UPDATED")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("""[{"revision":1}]""")]
    [InlineData("""[{"status":"deployed"}]""")]
    public void Anything_else_is_refused(string text) =>
        Assert.Throws<JsonException>(() => HelmRevision.ParseHistory(text));
}
