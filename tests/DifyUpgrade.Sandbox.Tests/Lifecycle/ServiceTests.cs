using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Lifecycle;

public sealed class ServiceTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public ServiceTests()
    {
        _cluster.Create(ResourceTypes.Services, """{"metadata":{"name":"api","labels":{"app":"api"}},"spec":{"clusterIP":"10.96.0.1","selector":{"app":"api"},"ports":[{"name":"http","port":80,"targetPort":"web","protocol":"TCP"}]}}""");
        Pod("one");
    }

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void Ready_pods_are_its_endpoints_and_their_named_ports_are_looked_up()
    {
        _cluster.Settle();
        var pod = _cluster.Pods[0];
        var subset = Assert.Single(Endpoints.Items("subsets"));
        var address = Assert.Single(subset.Items("addresses"));
        Assert.Equal((pod.Body.Text("status", "podIP"), pod.Uid), (address.Text("ip"), address.Text("targetRef", "uid")));
        Assert.Equal("""[{"port":5001,"protocol":"TCP","name":"http"}]""", subset["ports"]!.ToJsonString());

        var slice = Assert.Single(_cluster.List(ResourceTypes.EndpointSlices)).Body;
        Assert.Equal(("api", "IPv4"), (slice.Text("metadata", "labels", "kubernetes.io/service-name"), slice.Text("addressType")));
        Assert.True(Assert.Single(slice.Items("endpoints")).Flag("conditions", "ready"));
    }

    [Fact]
    public void A_pod_that_is_not_ready_is_listed_apart_and_one_that_goes_is_taken_out()
    {
        _cluster.Settle();
        _cluster.NodesWork = false;
        _cluster.Plane.Change(_cluster.Pods[0], body => body.SetCondition(new Condition("Ready", "False", "", ""), _cluster.Plane.Now, updated: false));
        _cluster.Settle();
        Assert.Single(Assert.Single(Endpoints.Items("subsets")).Items("notReadyAddresses"));

        _cluster.Plane.Deletion.Begin(_cluster.Pods[0]);
        _cluster.Settle();
        Assert.Empty(Endpoints.Items("subsets"));
        Assert.True(Assert.Single(_cluster.List(ResourceTypes.EndpointSlices)[0].Body.Items("endpoints")).Flag("conditions", "terminating"));
    }

    [Fact]
    public void More_than_a_hundred_pods_fill_several_slices_of_which_only_one_changes_with_a_pod()
    {
        for (var count = 0; count < 149; count++)
            Pod("pod-" + count);
        _cluster.Settle();
        _cluster.Pass(1);
        var before = _cluster.List(ResourceTypes.EndpointSlices);
        Assert.Equal([50, 100], before.Select(slice => slice.Body.Items("endpoints").Count()).Order());

        _cluster.Plane.Deletion.Begin(_cluster.Pods[0]);
        _cluster.Settle();
        _cluster.Pass(1);
        Assert.Single(_cluster.List(ResourceTypes.EndpointSlices).Except(before));
        Assert.Equal(149, Endpoints.Items("subsets").Single().Items("addresses").Count());
    }

    [Fact]
    public void Its_endpoints_go_with_it()
    {
        _cluster.Settle();
        _cluster.Plane.Deletion.Begin(_cluster.Get(ResourceTypes.Services, "api")!);
        _cluster.Settle();
        Assert.Empty(_cluster.List(ResourceTypes.Endpoints));
        Assert.Empty(_cluster.List(ResourceTypes.EndpointSlices));
    }

    private JsonObject Endpoints => _cluster.Get(ResourceTypes.Endpoints, "api")!.Body;

    private StoredObject Pod(string name) =>
        _cluster.Create(ResourceTypes.Pods, """{"metadata":{"name":"NAME","labels":{"app":"api"}},"spec":{"containers":[{"name":"api","ports":[{"name":"web","containerPort":5001}]}]}}""".Replace("NAME", name, StringComparison.Ordinal));
}
