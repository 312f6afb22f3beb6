using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Lifecycle;

/// <summary>Quotas, disruption budgets, lost nodes: what keeps pods from being made or kept.</summary>
public sealed class LimitsTests : IDisposable
{
    private readonly TestCluster _cluster = new(nodes: 2);

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_quota_stops_a_replica_set_which_says_so_and_goes_on_when_there_is_room()
    {
        _cluster.Create(ResourceTypes.ResourceQuotas, """{"metadata":{"name":"few"},"spec":{"hard":{"pods":"2"}}}""");
        _cluster.Settle();
        Deployment(replicas: 3);
        _cluster.Settle();

        Assert.Equal(2, _cluster.Pods.Count);
        Assert.All(_cluster.Events("FailedCreate"), message => Assert.Matches("^Error creating: pods \"api-[a-z0-9]+-[a-z0-9]{5}\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=2, limited: pods=2$", message));
        var failure = _cluster.Get(ResourceTypes.Deployments, "api")!.Body.Condition("ReplicaFailure");
        Assert.Equal(("True", "FailedCreate"), (failure.Text("status"), failure.Text("reason")));
        Assert.Equal("2", _cluster.Get(ResourceTypes.ResourceQuotas, "few")!.Body.Text("status", "used", "pods"));

        _cluster.Edit(ResourceTypes.ResourceQuotas, "few", body => body.Child("spec").Child("hard")["pods"] = "10");
        _cluster.Pass(60);
        Assert.Equal(3, _cluster.Pods.Count);
        Assert.Null(_cluster.Get(ResourceTypes.Deployments, "api")!.Body.Condition("ReplicaFailure"));
    }

    [Fact]
    public void A_quota_on_cpu_wants_every_container_to_say_how_much_it_takes()
    {
        _cluster.Create(ResourceTypes.ResourceQuotas, """{"metadata":{"name":"cpu"},"spec":{"hard":{"requests.cpu":"1"}}}""");
        var admission = new Admission(_cluster.Store);
        var silent = TestCluster.Json("""{"metadata":{"name":"p","namespace":"dify"},"spec":{"containers":[{"name":"c"}]}}""");
        Assert.Equal("pods \"p\" is forbidden: failed quota: cpu: must specify requests.cpu for: c", Assert.Throws<ApiException>(() => admission.Admit(ResourceTypes.Pods, silent)).Message);

        var said = TestCluster.Json("""{"metadata":{"name":"p","namespace":"dify"},"spec":{"containers":[{"name":"c","resources":{"requests":{"cpu":"600m"}}}]}}""");
        admission.Admit(ResourceTypes.Pods, said);
        Assert.Equal("pods \"p\" is forbidden: exceeded quota: cpu, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1", Assert.Throws<ApiException>(() => admission.Admit(ResourceTypes.Pods, said)).Message);
    }

    [Fact]
    public void A_client_is_refused_as_a_controller_is_and_a_dry_run_costs_nothing()
    {
        _cluster.Create(ResourceTypes.ResourceQuotas, """{"metadata":{"name":"few"},"spec":{"hard":{"count/configmaps":"2"}}}""");
        _cluster.Settle();
        var operations = new ObjectOperations(_cluster.Store, _cluster.Plane.Time);
        operations.Create(ResourceTypes.ConfigMaps, "dify", Map("dry"), new WriteOptions("test") { DryRun = true });
        operations.Create(ResourceTypes.ConfigMaps, "dify", Map("one"), new WriteOptions("test"));
        var refusal = Assert.Throws<ApiException>(() => operations.Create(ResourceTypes.ConfigMaps, "dify", Map("two"), new WriteOptions("test")));
        Assert.Equal((403, "configmaps \"two\" is forbidden: exceeded quota: few, requested: count/configmaps=1, used: count/configmaps=2, limited: count/configmaps=2"), (refusal.Code, refusal.Message));
    }

    [Theory]
    [InlineData("""{"minAvailable":2}""", 3, 2, 1)]
    [InlineData("""{"maxUnavailable":"50%"}""", 3, 1, 2)]
    [InlineData("""{"minAvailable":"100%"}""", 3, 3, 0)]
    public void A_budget_counts_how_many_pods_may_go(string spec, int expected, int desired, int allowed)
    {
        Deployment(replicas: 3);
        var body = TestCluster.Json("""{"metadata":{"name":"api"}}""");
        body["spec"] = TestCluster.Json(spec);
        body.Child("spec")["selector"] = TestCluster.Json("""{"matchLabels":{"app":"api"}}""");
        _cluster.Create(ResourceTypes.PodDisruptionBudgets, body.ToJsonString());
        _cluster.Settle();
        var status = _cluster.Get(ResourceTypes.PodDisruptionBudgets, "api")!.Body.At("status");
        Assert.Equal((expected, desired, allowed, 3), (status.Number("expectedPods"), status.Number("desiredHealthy"), status.Number("disruptionsAllowed"), status.Number("currentHealthy")));
    }

    [Fact]
    public void The_pods_of_a_lost_node_are_evicted_after_five_minutes_and_replaced_elsewhere()
    {
        Deployment(replicas: 2);
        _cluster.Settle();
        _cluster.Faults.Add(new FaultRule(FaultKind.NodeLost) { Node = "sandbox-1" });
        _cluster.NodesWork = false;
        _cluster.Settle();
        _cluster.Pass(51);

        var node = _cluster.Get(ResourceTypes.Nodes, "sandbox-1")!.Body;
        Assert.Equal(("Unknown", "NodeStatusUnknown", 2), (node.Condition("Ready").Text("status"), node.Condition("Ready").Text("reason"), node.Items("spec", "taints").Count()));
        Assert.Equal(["Node sandbox-1 status is now: NodeNotReady"], Events("NodeNotReady"));
        var lost = _cluster.Pods.Single(pod => PodFacts.Of(pod).NodeName == "sandbox-1");
        Assert.False(PodFacts.Of(lost).IsReady);

        _cluster.Pass(298);
        Assert.Equal(2, _cluster.Pods.Count);
        _cluster.Pass(3);
        Assert.True(_cluster.Get(ResourceTypes.Pods, lost.Name)!.IsTerminating);
        Assert.Equal([$"Marking for deletion Pod dify/{lost.Name}"], _cluster.Events("TaintManagerEviction"));
        Assert.Equal(["sandbox-1", "sandbox-2", "sandbox-2"], _cluster.Pods.Select(pod => PodFacts.Of(pod).NodeName).Order());

        _cluster.Faults.Clear();
        _cluster.NodesWork = true;
        _cluster.Settle();
        Assert.True(_cluster.Get(ResourceTypes.Nodes, "sandbox-1")!.Body.IsTrue("Ready"));
        Assert.Empty(_cluster.Get(ResourceTypes.Nodes, "sandbox-1")!.Body.Items("spec", "taints"));
    }

    private static System.Text.Json.Nodes.JsonObject Map(string name) => TestCluster.Json("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"NAME"}}""".Replace("NAME", name, StringComparison.Ordinal));

    private IEnumerable<string?> Events(string reason) => _cluster.Store.List(ResourceTypes.Events, "default").Items.Where(item => item.Body.Text("reason") == reason).Select(item => item.Body.Text("message"));

    private StoredObject Deployment(int replicas) => _cluster.Create(ResourceTypes.Deployments, $$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"api"},"spec":{"replicas":{{replicas}},
          "selector":{"matchLabels":{"app":"api"} },
          "template":{"metadata":{"labels":{"app":"api"} },"spec":{"containers":[{"name":"api","image":"api:1"}]} } } }
        """);
}
