using DifyUpgrade.Helm;
using DifyUpgrade.Releases;
using Xunit;

namespace DifyUpgrade.Tests.Releases;

public sealed class RollbackChoiceTests
{
    [Theory]
    [InlineData("superseded deployed", 1)]
    [InlineData("superseded deployed failed", 2)]
    [InlineData("deployed pending-upgrade", 1)]
    [InlineData("superseded failed deployed", 1)]
    [InlineData("deployed failed failed", 1)]
    public void Without_a_wish_it_is_the_newest_good_revision_before_the_current(string statuses, int expected) =>
        Assert.Equal(expected, RollbackChoice.Of(History(statuses), null).Target.Revision);

    [Theory]
    [InlineData("deployed")]
    [InlineData("failed pending-upgrade")]
    public void Without_a_good_revision_before_the_current_it_refuses(string statuses)
    {
        var failure = Assert.Throws<DeploymentException>(() => RollbackChoice.Of(History(statuses), null));
        Assert.Equal(ExitCode.NothingChanged, failure.ExitCode);
        Assert.Contains("was ever deployed", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, "Revision 9 does not exist")]
    [InlineData(2, "Revision 2 was never deployed: it is failed")]
    public void An_unknown_or_failed_wish_is_refused_with_the_history(int wanted, string said)
    {
        var failure = Assert.Throws<DeploymentException>(() => RollbackChoice.Of(History("superseded failed deployed"), wanted));
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.Contains("1 superseded, 2 failed, 3 deployed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_good_wish_is_taken() => Assert.Equal(1, RollbackChoice.Of(History("superseded failed deployed"), 1).Target.Revision);

    [Fact]
    public void A_failed_installation_is_not_good_though_helm_calls_it_superseded_after_the_next_upgrade()
    {
        List<HelmRevision> history = [.. History("superseded deployed failed")];
        history[0] = history[0] with { Description = "Release \"dify\" failed: timed out waiting for the condition" };
        Assert.Equal(2, RollbackChoice.Of(history, null).Target.Revision);
        Assert.Contains("Revision 1 was never deployed: it is superseded, but failed before", Assert.Throws<DeploymentException>(() => RollbackChoice.Of(history, 1)).Message, StringComparison.Ordinal);
    }

    private static List<HelmRevision> History(string statuses) =>
        [.. statuses.Split(' ').Select((status, i) => new HelmRevision(i + 1, DateTimeOffset.UnixEpoch, status, "dify-0.1.0", "1.12.1", ""))];
}
