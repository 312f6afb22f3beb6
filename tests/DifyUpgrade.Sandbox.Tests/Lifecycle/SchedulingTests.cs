using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Lifecycle;

public sealed class SchedulingTests : IDisposable
{
    private readonly TestCluster _cluster = new(nodes: 2);

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void Pods_are_spread_over_the_nodes()
    {
        for (var count = 0; count < 4; count++)
            Pod("pod-" + count, "{}");
        _cluster.Settle();
        Assert.Equal([2, 2], _cluster.Pods.CountBy(pod => PodFacts.Of(pod).NodeName!).Select(node => node.Value));
        Assert.Contains("Successfully assigned dify/pod-0 to sandbox-1", _cluster.Events("Scheduled"));
        Assert.True(_cluster.Pods[0].Body.IsTrue("PodScheduled"));
    }

    [Theory]
    [InlineData("""{"nodeSelector":{"disk":"ssd"}}""", "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.")]
    [InlineData("""{"containers":[{"name":"c","resources":{"requests":{"cpu":"999"}}}]}""", "0/2 nodes are available: 2 Insufficient cpu. preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.")]
    [InlineData("""{"volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"none"}}]}""", "0/2 nodes are available: persistentvolumeclaim \"none\" not found. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.")]
    public void A_pod_that_no_node_takes_says_why(string spec, string why)
    {
        Pod("api", spec);
        _cluster.Settle();
        var condition = Assert.Single(_cluster.Pods).Body.Condition("PodScheduled");
        Assert.Equal(("False", "Unschedulable", why), (condition.Text("status"), condition.Text("reason"), condition.Text("message")));
        Assert.Equal([why], _cluster.Events("FailedScheduling"));
    }

    [Fact]
    public void A_taint_keeps_away_who_does_not_tolerate_it()
    {
        foreach (var node in _cluster.List(ResourceTypes.Nodes))
            _cluster.Plane.Change(node, body => body.Child("spec")["taints"] = new System.Text.Json.Nodes.JsonArray(TestCluster.Json("""{"key":"gpu","value":"yes","effect":"NoSchedule"}""")));
        Pod("plain", "{}");
        Pod("tolerant", """{"tolerations":[{"key":"gpu","operator":"Exists"}]}""");
        _cluster.Settle();
        Assert.Null(PodFacts.Of(_cluster.Get(ResourceTypes.Pods, "plain")!).NodeName);
        Assert.NotNull(PodFacts.Of(_cluster.Get(ResourceTypes.Pods, "tolerant")!).NodeName);
        Assert.Contains("2 node(s) had untolerated taint {gpu: yes}", Assert.Single(_cluster.Events("FailedScheduling")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pod_that_waits_is_taken_when_there_is_room()
    {
        Pod("first", """{"containers":[{"name":"c","resources":{"requests":{"cpu":"200"}}}]}""");
        Pod("second", """{"containers":[{"name":"c","resources":{"requests":{"cpu":"200"}}}]}""");
        Pod("third", """{"containers":[{"name":"c","resources":{"requests":{"cpu":"200"}}}]}""");
        _cluster.Settle();
        Assert.Null(PodFacts.Of(_cluster.Get(ResourceTypes.Pods, "third")!).NodeName);
        _cluster.Plane.Deletion.Begin(_cluster.Get(ResourceTypes.Pods, "first")!);
        _cluster.Settle();
        Assert.NotNull(PodFacts.Of(_cluster.Get(ResourceTypes.Pods, "third")!).NodeName);
    }

    [Fact]
    public void A_scripted_fault_keeps_a_pod_waiting_until_it_is_cleared()
    {
        _cluster.Faults.Add(new FaultRule(FaultKind.Unschedulable) { Pod = "api*" });
        Pod("api-1", "{}");
        Pod("web-1", "{}");
        _cluster.Settle();
        Assert.Equal(["web-1"], _cluster.Pods.Where(pod => PodFacts.Of(pod).NodeName is not null).Select(pod => pod.Name));
        _cluster.Faults.Clear();
        _cluster.Settle();
        Assert.All(_cluster.Pods, pod => Assert.NotNull(PodFacts.Of(pod).NodeName));
    }

    [Fact]
    public void A_claim_gets_a_volume_of_the_default_class_and_one_of_no_class_does_not()
    {
        _cluster.Create(ResourceTypes.PersistentVolumeClaims, """{"metadata":{"name":"good"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"5Gi"}}}}""");
        _cluster.Create(ResourceTypes.PersistentVolumeClaims, """{"metadata":{"name":"bad"},"spec":{"storageClassName":"none","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"5Gi"}}}}""");
        Pod("api", """{"volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"bad"}}]}""");
        _cluster.Settle();

        var good = _cluster.Get(ResourceTypes.PersistentVolumeClaims, "good")!.Body;
        Assert.Equal(("Bound", "standard", "5Gi"), (good.Text("status", "phase"), good.Text("spec", "storageClassName"), good.Text("status", "capacity", "storage")));
        Assert.Equal("Pending", _cluster.Get(ResourceTypes.PersistentVolumeClaims, "bad")!.Body.Text("status", "phase"));
        Assert.Equal(["storageclass.storage.k8s.io \"none\" not found"], _cluster.Events("ProvisioningFailed"));
        Assert.StartsWith("0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.", Assert.Single(_cluster.Events("FailedScheduling")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_outlives_its_deletion_while_a_pod_uses_it_and_takes_its_volume_along()
    {
        _cluster.Create(ResourceTypes.PersistentVolumeClaims, """{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"5Gi"}}}}""");
        Pod("api", """{"volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"data"}}]}""");
        _cluster.Settle();
        _cluster.Plane.Deletion.Begin(_cluster.Get(ResourceTypes.PersistentVolumeClaims, "data")!);
        _cluster.Settle();
        Assert.NotNull(_cluster.Get(ResourceTypes.PersistentVolumeClaims, "data"));
        Assert.Single(_cluster.List(ResourceTypes.PersistentVolumes));

        _cluster.Plane.Deletion.Begin(_cluster.Get(ResourceTypes.Pods, "api")!);
        _cluster.Settle();
        Assert.Null(_cluster.Get(ResourceTypes.PersistentVolumeClaims, "data"));
        Assert.Empty(_cluster.List(ResourceTypes.PersistentVolumes));
    }

    private StoredObject Pod(string name, string spec) => _cluster.Create(ResourceTypes.Pods, $$$"""{"metadata":{"name":"{{{name}}}"},"spec":{{{spec}}}}""");
}
