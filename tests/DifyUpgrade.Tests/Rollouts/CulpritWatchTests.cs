using DifyUpgrade.Cluster;
using DifyUpgrade.Rollouts;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DifyUpgrade.Tests.Rollouts;

public sealed class CulpritWatchTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly ReleaseView _view;
    private readonly CulpritWatch _watch;

    public CulpritWatchTests()
    {
        _view = new ReleaseView([States.Api], _time);
        _watch = new CulpritWatch(_view, Grace);
        _view.Take(States.Deployment() with { Revision = "2", Generation = 2 });
        _view.Take(States.ReplicaSet(1));
        _view.Take(States.ReplicaSet(2));
        Take(States.Pod("old-1").Listed());
        _view.Begin();
    }

    [Theory]
    [InlineData("ErrImagePull", ObstacleKind.ImagePull)]
    [InlineData("ImagePullBackOff", ObstacleKind.ImagePull)]
    [InlineData("InvalidImageName", ObstacleKind.InvalidImageName)]
    [InlineData("CreateContainerConfigError", ObstacleKind.ContainerConfig)]
    [InlineData("CrashLoopBackOff", ObstacleKind.CrashLoop)]
    [InlineData("RunContainerError", ObstacleKind.ContainerStart)]
    internal void What_will_not_heal_is_named_when_its_grace_is_over(string reason, ObstacleKind kind)
    {
        Take(States.Pod("new-1", 2, ready: false, States.Waiting(reason, "said the kubelet")).Added());
        Advance(9);
        Assert.Empty(Due());
        Assert.Equal(1, (_watch.NextLook(_time.GetUtcNow()) - _time.GetUtcNow())?.TotalSeconds);

        Advance(1);
        var culprit = Assert.Single(Due());
        Assert.Equal((States.Api, "new-1", kind), (culprit.Workload, culprit.Pod, culprit.Obstacle.Kind));
        Assert.Equal(TimeSpan.FromSeconds(10), _time.GetUtcNow() - culprit.Since);
    }

    [Fact]
    public void ContainerCreating_is_no_obstacle_until_a_volume_cannot_be_mounted()
    {
        var pod = States.Pod("new-1", 2, ready: false, States.Waiting("ContainerCreating"));
        Take(pod.Added());
        Advance(60);
        Assert.Empty(Due());

        TakeEvent(States.Event("FailedMount", "new-1", "configmap \"dify-prompts\" not found"));
        Advance(10);
        Assert.Equal(ObstacleKind.Mount, Assert.Single(Due()).Obstacle.Kind);
        Take(States.Pod("new-1", 2, ready: false).Modified());
        Assert.Empty(Due());
    }

    [Theory]
    [InlineData("MountVolume.SetUp failed for volume \"prompts\" : failed to sync configmap cache: timed out waiting for the condition")]
    [InlineData("MountVolume.SetUp failed for volume \"secret\" : failed to sync secret cache: timed out waiting for the condition")]
    public void A_kubelet_that_lags_behind_is_no_obstacle(string message)
    {
        Take(States.Pod("new-1", 2, ready: false, States.Waiting("ContainerCreating")).Added());
        TakeEvent(States.Event("FailedMount", "new-1", message));
        Advance(60);
        Assert.Empty(Due());
    }

    [Fact]
    public void A_crash_loop_keeps_its_clock_while_the_container_looks_well_between_two_crashes()
    {
        Take(States.Pod("new-1", 2, ready: false, States.Ended(3)).Added());
        Advance(4);
        Take(States.Pod("new-1", 2, ready: true, States.Running(true, 1)).Modified());
        Advance(4);
        Assert.Empty(Due());
        Take(States.Pod("new-1", 2, ready: false, States.Ended(3, 1)).Modified());
        Advance(2);
        Assert.Equal("container api ended with exit code 3", Assert.Single(Due()).Obstacle.Said);
    }

    [Fact]
    public void A_container_that_crashed_once_and_then_served_has_healed()
    {
        Take(States.Pod("new-1", 2, ready: false, States.Ended(3)).Added());
        Take(States.Pod("new-1", 2, ready: true, States.Running(true, 1)).Modified());
        Advance(11);
        Assert.Empty(Due());
        Take(States.Pod("new-1", 2, ready: false, States.Ended(3, 1)).Modified());
        Advance(1);
        Assert.Empty(Due());
        Advance(9);
        Assert.Single(Due());
    }

    [Fact]
    public void An_old_pod_is_not_what_keeps_the_rollout()
    {
        Take(States.Pod("old-1", 1, ready: false, States.Waiting("CrashLoopBackOff")).Modified());
        Advance(100);
        Assert.Empty(Due());
    }

    [Fact]
    public void A_pod_of_the_newest_revision_that_was_stuck_before_gets_three_times_the_grace_to_be_replaced()
    {
        Take(States.Pod("there", 2, ready: false, States.Waiting("ImagePullBackOff")).Listed());
        Advance(29);
        Assert.Empty(Due());
        Advance(1);
        Assert.Single(Due());
    }

    [Fact]
    public void No_node_is_no_obstacle_while_a_pod_that_goes_may_make_room()
    {
        Take((States.Pod("old-1") with { Terminating = true }).Modified());
        Take((States.Pod("new-1", 2, ready: false) with { Node = null, Phase = "Pending", Containers = [], NotScheduled = "0/1 nodes are available: 1 Insufficient cpu." }).Added());
        Advance(30);
        Assert.Empty(Due());
        Take(States.Pod("old-1").Deleted());
        Assert.Empty(Due());
        Advance(10);
        Assert.Equal(ObstacleKind.Unschedulable, Assert.Single(Due()).Obstacle.Kind);
    }

    [Fact]
    public void Pods_that_cannot_even_be_created_are_named_without_a_pod()
    {
        var workload = _view.Take(States.Deployment() with { Revision = "2", Generation = 3, ReplicaFailure = "exceeded quota: small" })!;
        _watch.Look(workload, _time.GetUtcNow());
        Advance(10);
        var culprit = Assert.Single(Due());
        Assert.Null(culprit.Pod);
        Assert.Equal("exceeded quota: small", culprit.Obstacle.Said);
    }

    [Fact]
    public void Alike_pods_are_counted_and_the_others_named_with_the_first()
    {
        Take(States.Pod("new-1", 2, ready: false, States.Waiting("ErrImagePull")).Added());
        Advance(5);
        Take(States.Pod("new-2", 2, ready: false, States.Waiting("ImagePullBackOff")).Added());
        Take(States.Pod("new-3", 2, ready: false, States.Waiting("CreateContainerConfigError")).Added());
        Advance(5);
        Assert.Equal([("new-1", 1), ("new-3", 0)], Due().Select(culprit => (culprit.Pod!, culprit.Others)));
    }

    private IReadOnlyList<Culprit> Due() => _watch.Due(_time.GetUtcNow());

    private void Take(Change<PodState> change) => _watch.Look(_view.Take(change)!, _time.GetUtcNow());

    private void TakeEvent(ClusterEvent happening) => _watch.Look(_view.Take(new Change<ClusterEvent>(ChangeKind.Added, happening))!, _time.GetUtcNow());

    private void Advance(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
