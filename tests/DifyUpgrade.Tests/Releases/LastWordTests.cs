using DifyUpgrade.Helm;
using DifyUpgrade.Releases;
using Xunit;

namespace DifyUpgrade.Tests.Releases;

public sealed class LastWordTests
{
    [Theory]
    [InlineData("", true, "does not exist; nothing was installed")]
    [InlineData("deployed", false, "is at revision 1, deployed; this run had changed nothing")]
    [InlineData("deployed", true, "is at revision 1, deployed; what this run had begun is completed by running it again, or undone: ./build.sh Rollback")]
    [InlineData("deployed failed", true, "is at revision 2, failed (why), and revision 1 was the last good one; run it again, or go back: ./build.sh Rollback")]
    [InlineData("failed", true, "is at revision 1, failed (why), and no revision before it was good; run it again")]
    [InlineData("superseded deployed pending-rollback", true, "is at revision 3, pending-rollback: helm could not end it, and revision 2 was the last good one; mend it: ./build.sh Repair, or: ./build.sh Upgrade --repair")]
    public void A_history_is_told_in_one_line_with_what_to_type_next(string statuses, bool changed, string expected) => Assert.Equal(
        expected,
        LastWord.Of([.. statuses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((status, i) => new HelmRevision(i + 1, DateTimeOffset.UnixEpoch, status, "dify-0.1.0", "1.12.1", "why"))], changed));
}
