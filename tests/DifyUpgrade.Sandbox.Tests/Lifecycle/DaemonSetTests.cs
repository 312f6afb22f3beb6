using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Lifecycle;

public sealed class DaemonSetTests : IDisposable
{
    private readonly TestCluster _cluster = new(nodes: 3);

    public DaemonSetTests()
    {
        _cluster.Create(ResourceTypes.DaemonSets, """
            {"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"agent"},"spec":{
              "selector":{"matchLabels":{"app":"agent"}},"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":1}},
              "template":{"metadata":{"labels":{"app":"agent"}},"spec":{"containers":[{"name":"agent","image":"agent:1"}]}}}}
            """);
        _cluster.Settle();
    }

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void Each_node_has_one_pod()
    {
        Assert.Equal(["sandbox-1", "sandbox-2", "sandbox-3"], _cluster.Pods.Select(pod => PodFacts.Of(pod).NodeName).Order());
        var status = Set.Body.At("status");
        Assert.Equal((3, 3, 3, 3), (status.Number("desiredNumberScheduled"), status.Number("currentNumberScheduled"), status.Number("numberReady"), status.Number("updatedNumberScheduled")));
    }

    [Fact]
    public void An_update_replaces_one_pod_at_a_time()
    {
        _cluster.Starts = pod => Image(pod) == "agent:1";
        SetImage("agent:2");
        _cluster.Settle();
        Assert.Equal(["agent:1", "agent:1", "agent:2"], _cluster.Pods.Select(Image).Order());

        _cluster.Starts = _ => true;
        _cluster.Settle();
        Assert.All(_cluster.Pods, pod => Assert.Equal("agent:2", Image(pod)));
        Assert.Equal(3, _cluster.Pods.Count);
    }

    [Fact]
    public void A_surge_starts_the_new_pod_beside_the_old_one_and_ends_the_old_one_when_the_new_one_is_there()
    {
        _cluster.Edit(ResourceTypes.DaemonSets, "agent", body => body.At("spec", "updateStrategy")!["rollingUpdate"] = TestCluster.Json("""{"maxUnavailable":0,"maxSurge":1}"""));
        _cluster.Starts = pod => Image(pod) == "agent:1";
        SetImage("agent:2");
        _cluster.Settle();
        Assert.Equal(["agent:1", "agent:1", "agent:1", "agent:2"], _cluster.Pods.Select(Image).Order());
        Assert.Equal((3, 1), (Set.Body.Number("status", "numberAvailable"), Set.Body.Number("status", "updatedNumberScheduled")));

        _cluster.Starts = _ => true;
        _cluster.Settle();
        Assert.Equal(["agent:2", "agent:2", "agent:2"], _cluster.Pods.Select(Image));
    }

    [Fact]
    public void A_node_that_is_tainted_keeps_no_pod_and_one_that_fits_again_gets_one()
    {
        var node = _cluster.Get(ResourceTypes.Nodes, "sandbox-2")!;
        node = _cluster.Plane.Change(node, body => body.Child("spec")["taints"] = new System.Text.Json.Nodes.JsonArray(TestCluster.Json("""{"key":"gpu","effect":"NoSchedule"}""")));
        _cluster.Settle();
        Assert.Equal(["sandbox-1", "sandbox-3"], _cluster.Pods.Select(pod => PodFacts.Of(pod).NodeName).Order());
        _cluster.Plane.Change(node, body => body.Child("spec").Remove("taints"));
        _cluster.Settle();
        Assert.Equal(3, _cluster.Pods.Count);
    }

    [Fact]
    public void A_pod_that_failed_is_replaced_and_an_event_says_so()
    {
        var pod = _cluster.Plane.Change(_cluster.Pods[0], body => body.Child("status")["phase"] = "Failed");
        _cluster.Settle();
        Assert.Equal([$"Found failed daemon pod dify/{pod.Name} on node {PodFacts.Of(pod).NodeName}, will try to kill it"], _cluster.Events("FailedDaemonPod"));
        Assert.Equal(3, _cluster.Pods.Count(item => PodFacts.Of(item).IsReady));
    }

    private StoredObject Set => _cluster.Get(ResourceTypes.DaemonSets, "agent")!;

    private static string? Image(StoredObject pod) => pod.Body.Items("spec", "containers").First().Text("image");

    private void SetImage(string image) => _cluster.Edit(ResourceTypes.DaemonSets, "agent", body => body.At("spec", "template", "spec").Items("containers").First()["image"] = image);
}
