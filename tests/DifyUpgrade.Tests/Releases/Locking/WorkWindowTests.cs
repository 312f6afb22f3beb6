using DifyUpgrade.Cluster;
using DifyUpgrade.Releases.Locking;
using Xunit;

namespace DifyUpgrade.Tests.Releases.Locking;

public sealed class WorkWindowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_run_takes_over_what_the_Lease_tells_of_the_runs_before_it()
    {
        var first = Lease("alice", Noon, Noon.AddMinutes(1), []);
        var second = Lease("", Noon.AddMinutes(5), Noon.AddMinutes(6), WorkWindow.In(first, withHolder: true));

        var windows = WorkWindow.In(second, withHolder: true);
        Assert.Equal([(Noon, false), (Noon.AddMinutes(5), true)], windows.Select(window => (window.From, window.InOrder)));
        Assert.All(windows, window => Assert.Equal((MachineIdentity.Here, 90), (window.Machine, window.Timeout)));
        Assert.Single(WorkWindow.In(second, withHolder: false));
    }

    [Fact]
    public void What_a_run_began_lies_between_its_first_and_its_last_sign_of_life()
    {
        var died = new WorkWindow(Noon, Noon.AddSeconds(20), "m", 0, InOrder: false);
        Assert.False(died.Covers(Noon.AddSeconds(-5)));
        Assert.True(died.Covers(Noon.AddSeconds(20 + 29)));
        Assert.False(died.Covers(Noon.AddSeconds(20 + 31)));
        Assert.False((died with { InOrder = true }).Covers(Noon.AddSeconds(20 + 5)));
    }

    [Fact]
    public void An_annotation_that_somebody_spoilt_tells_nothing_and_of_many_runs_the_last_are_kept()
    {
        Assert.Empty(WorkWindow.In(null, withHolder: true));
        var spoilt = Lease("alice", Noon, Noon, []) with { Annotations = new Dictionary<string, string> { [WorkWindow.Annotation] = "{" } };
        Assert.Empty(WorkWindow.In(spoilt, withHolder: false));

        List<WorkWindow> many = [.. Enumerable.Range(0, 9).Select(i => new WorkWindow(Noon.AddMinutes(i), Noon, "m", 0, InOrder: true))];
        Assert.Equal(Noon.AddMinutes(4), WorkWindow.In(Lease("alice", Noon, Noon, many), withHolder: false)[0].From);
    }

    private static LeaseState Lease(string holder, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<WorkWindow> earlier) => new()
    {
        Namespace = "dify",
        Name = "dify-upgrade.dify",
        Holder = holder,
        Duration = ReleaseLock.Duration,
        AcquiredAt = from,
        RenewedAt = to,
        Annotations = new LockHolder("alice", "Upgrade", null, TimeSpan.FromSeconds(90)).Annotations(earlier),
    };
}
