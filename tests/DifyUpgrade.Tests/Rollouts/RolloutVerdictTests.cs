using DifyUpgrade.Cluster;
using DifyUpgrade.Rollouts;
using Xunit;

namespace DifyUpgrade.Tests.Rollouts;

public sealed class RolloutVerdictTests
{
    private static readonly WorkloadState Done = new()
    {
        Reference = new WorkloadReference(WorkloadKind.Deployment, "dify", "dify-api"),
        Uid = "1",
        Generation = 2,
        ObservedGeneration = 2,
        Desired = 3,
        Updated = 3,
        Total = 3,
        Ready = 3,
        Available = 3,
        UpdateStrategy = "RollingUpdate",
        Selector = "component=api",
    };

    [Fact]
    public void A_deployment_is_complete_when_every_pod_is_new_and_available_and_no_old_one_is_left() =>
        Assert.Equal(RolloutPhase.Complete, RolloutVerdicts.Of(Done).Phase);

    [Fact]
    public void Helm_would_call_this_ready_and_it_is_not() =>
        Assert.Equal(RolloutPhase.Progressing, RolloutVerdicts.Of(Done with { Total = 4 }).Phase);

    [Fact]
    public void That_the_rollout_before_was_given_up_is_no_word_on_this_one()
    {
        var view = new ReleaseView([Done.Reference], TimeProvider.System);
        var stuck = Done with { ProgressDeadlineExceeded = true, Updated = 1, Total = 4 };
        Assert.Equal(RolloutPhase.Failed, view.Take(stuck)!.Verdict.Phase);

        // A rollback: the controller has seen it and still says what it said of the rollout before.
        var back = stuck with { Generation = 3, ObservedGeneration = 3, Updated = 3 };
        Assert.Equal(RolloutPhase.Progressing, view.Take(back)!.Verdict.Phase);
        Assert.Equal(RolloutPhase.Progressing, view.Take(back with { ProgressDeadlineExceeded = false })!.Verdict.Phase);
        Assert.Equal(RolloutPhase.Failed, view.Take(back)!.Verdict.Phase);
    }

    [Fact]
    public void The_order_is_that_of_kubectl()
    {
        Assert.Contains("has not seen", RolloutVerdicts.Of(Done with { ObservedGeneration = 1, ProgressDeadlineExceeded = true }).Reason, StringComparison.Ordinal);
        Assert.Equal(RolloutPhase.Failed, RolloutVerdicts.Of(Done with { ProgressDeadlineExceeded = true, Updated = 1 }).Phase);
        Assert.Equal("1 of 3 pods are new", RolloutVerdicts.Of(Done with { Updated = 1, Total = 4 }).Reason);
        Assert.Equal("1 old pods have not ended yet", RolloutVerdicts.Of(Done with { Total = 4, Available = 2 }).Reason);
        Assert.Equal("2 of 3 new pods are available", RolloutVerdicts.Of(Done with { Available = 2 }).Reason);
    }

    [Fact]
    public void A_paused_rollout_never_ends_by_itself() =>
        Assert.Equal(RolloutPhase.Failed, RolloutVerdicts.Of(Done with { Paused = true, Updated = 1 }).Phase);

    [Fact]
    public void A_StatefulSet_with_a_partition_is_complete_when_the_pods_above_it_are_new()
    {
        var set = Done with { Reference = Done.Reference with { Kind = WorkloadKind.StatefulSet }, Partition = 2, Updated = 1 };
        Assert.Equal(RolloutPhase.Complete, RolloutVerdicts.Of(set).Phase);
        Assert.Equal(RolloutPhase.Progressing, RolloutVerdicts.Of(set with { Updated = 0 }).Phase);
        Assert.Equal(RolloutPhase.Failed, RolloutVerdicts.Of(set with { UpdateStrategy = "OnDelete" }).Phase);
    }

    [Fact]
    public void A_DaemonSet_is_complete_when_every_node_has_a_new_and_available_pod()
    {
        var set = Done with { Reference = Done.Reference with { Kind = WorkloadKind.DaemonSet } };
        Assert.Equal(RolloutPhase.Complete, RolloutVerdicts.Of(set).Phase);
        Assert.Equal(RolloutPhase.Progressing, RolloutVerdicts.Of(set with { Updated = 2 }).Phase);
        Assert.Equal(RolloutPhase.Progressing, RolloutVerdicts.Of(set with { Available = 2 }).Phase);
    }
}
