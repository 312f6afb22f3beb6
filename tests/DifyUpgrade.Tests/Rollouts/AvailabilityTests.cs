using DifyUpgrade.Cluster;
using DifyUpgrade.Rollouts;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DifyUpgrade.Tests.Rollouts;

public sealed class AvailabilityTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(4, "25%", "25%", 3)]
    [InlineData(3, "25%", "25%", 3)]
    [InlineData(10, "25%", "25%", 8)]
    [InlineData(2, "1", "0", 1)]
    [InlineData(2, "0", "3", 2)]
    [InlineData(2, "0", "0", 1)]
    [InlineData(1, "100%", "0", 0)]
    public void A_Deployment_promises_its_replicas_less_maxUnavailable(int replicas, string maxUnavailable, string maxSurge, int promised) =>
        Assert.Equal(promised, AvailabilityPromise.Of(States.Deployment(replicas, maxUnavailable, maxSurge), replicas));

    [Fact]
    public void Recreate_promises_nothing_and_the_other_kinds_all_but_one()
    {
        var state = States.Deployment(3, null, null);
        Assert.Equal(0, AvailabilityPromise.Of(state with { UpdateStrategy = "Recreate" }, 3));
        Assert.Equal(2, AvailabilityPromise.Of(state with { Reference = States.Api with { Kind = WorkloadKind.StatefulSet } }, 3));
        Assert.Equal(1, AvailabilityPromise.Of(state with { Reference = States.Api with { Kind = WorkloadKind.DaemonSet }, MaxUnavailable = "50%" }, 3));
        Assert.Equal(3, AvailabilityPromise.Of(state with { Reference = States.Api with { Kind = WorkloadKind.StatefulSet }, UpdateStrategy = "OnDelete" }, 3));
    }

    [Fact]
    public void A_larger_number_of_replicas_is_no_dip() => Assert.Equal(2, AvailabilityPromise.Of(States.Deployment(5), 2));

    [Fact]
    public void A_dip_is_measured_from_its_beginning_to_its_end()
    {
        var view = Serving();
        Advance(1);
        view.Take((States.Pod("old-1") with { Ready = false }).Modified());
        Advance(3);
        view.Take(States.Pod("new-1").Added());
        Advance(5);

        var availability = RecordOf(view);
        Assert.Equal(2, availability.Promised);
        Assert.Equal(1, availability.FewestReady);
        Assert.Equal(3, availability.SecondsBelow);
        Assert.Equal([2, 1, 2], availability.Samples.Select(sample => sample.Ready));
    }

    [Fact]
    public void A_pod_that_was_told_to_go_no_longer_serves_though_it_may_still_be_called_ready()
    {
        var view = Serving();
        view.Take((States.Pod("old-1") with { Terminating = true }).Modified());
        Advance(2);
        Assert.Equal(1, RecordOf(view).FewestReady);
        Assert.Equal(2, RecordOf(view).SecondsBelow);
        view.Take(States.Pod("old-1").Deleted());
        Assert.Equal(1, RecordOf(view).FewestReady);
    }

    [Fact]
    public void A_new_workload_has_no_promise_to_break_before_it_first_keeps_it()
    {
        var view = new ReleaseView([States.Api], _time);
        view.Begin();
        view.Take(States.Deployment());
        Advance(5);
        view.Take(States.Pod("a").Added());
        Assert.Null(RecordOf(view).FewestReady);
        view.Take(States.Pod("b").Added());
        Advance(5);
        Assert.Equal(2, RecordOf(view).FewestReady);
        Assert.Equal(0, RecordOf(view).SecondsBelow);
    }

    [Fact]
    public void A_pods_own_timeline_is_kept()
    {
        var view = Serving();
        var begin = _time.GetUtcNow();
        view.Take((States.Pod("new-1", 2, ready: false, States.Waiting("ContainerCreating")) with { Node = null, Phase = "Pending" }).Added());
        Advance(1);
        view.Take(States.Pod("new-1", 2, ready: false, States.Waiting("ContainerCreating")).Modified());
        Advance(1);
        view.Take(new Change<ClusterEvent>(ChangeKind.Added, States.Event("Pulled", "new-1", "Successfully pulled image")));
        Advance(1);
        view.Take(States.Pod("new-1", 2, ready: false).Modified());
        Advance(1);
        view.Take(States.Pod("new-1", 2).Modified());
        Advance(1);
        view.Take((States.Pod("new-1", 2) with { Terminating = true }).Modified());
        Advance(1);
        view.Take(States.Pod("new-1", 2).Deleted());

        var pod = view.ToRecord("helm upgrade", RolloutEnd.Complete, []).Pods.Single(pod => pod.Pod == "new-1");
        double?[] seconds = [.. new[] { pod.Seen, pod.Scheduled, pod.Pulled, pod.Started, pod.Ready, pod.Terminating, pod.Gone }.Select(at => (at - begin)?.TotalSeconds)];
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], seconds);
        Assert.Equal("gone", pod.Summary);
        Assert.Equal([false, true, false], pod.Readiness.Select(sample => sample.Ready));
    }

    private ReleaseView Serving()
    {
        var view = new ReleaseView([States.Api], _time);
        view.Take(States.Deployment());
        view.Take(States.ReplicaSet(1));
        view.Take(States.Pod("old-1").Listed());
        view.Take(States.Pod("old-2").Listed());
        view.Begin();
        return view;
    }

    private void Advance(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private static AvailabilityRecord RecordOf(ReleaseView view) => view.ToRecord("helm upgrade", RolloutEnd.Complete, []).Workloads[0].Availability;
}
