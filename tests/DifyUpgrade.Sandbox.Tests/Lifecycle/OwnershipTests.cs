using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Lifecycle;

public sealed class OwnershipTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public OwnershipTests()
    {
        _cluster.Create(ResourceTypes.Deployments, """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"api"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"api"}},"template":{"metadata":{"labels":{"app":"api"}},"spec":{"containers":[{"name":"api","image":"api:1"}]}}}}""");
        _cluster.Settle();
    }

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void What_an_owner_made_goes_after_it_in_the_background()
    {
        Assert.Null(Delete("Background"));
        _cluster.Settle();
        Assert.Empty(_cluster.List(ResourceTypes.ReplicaSets));
        Assert.Empty(_cluster.Pods);
    }

    [Fact]
    public void What_an_owner_made_goes_before_it_in_the_foreground()
    {
        _cluster.NodesWork = false;
        Assert.NotNull(Delete("Foreground"));
        _cluster.Settle();
        Assert.True(_cluster.Get(ResourceTypes.Deployments, "api")!.IsTerminating);
        Assert.All(_cluster.Pods, pod => Assert.True(pod.IsTerminating, pod.Name));

        _cluster.NodesWork = true;
        _cluster.Settle();
        Assert.Null(_cluster.Get(ResourceTypes.Deployments, "api"));
        Assert.Empty(_cluster.List(ResourceTypes.ReplicaSets));
    }

    [Fact]
    public void Orphans_stay_and_are_adopted_by_the_next_of_the_kind()
    {
        var pods = _cluster.Pods.Select(pod => pod.Name).ToList();
        var spec = _cluster.Get(ResourceTypes.Deployments, "api")!.Body.At("spec")!.ToJsonString();
        Delete("Orphan");
        _cluster.Settle();
        var set = Assert.Single(_cluster.List(ResourceTypes.ReplicaSets));
        Assert.Null(OwnerReference.Controller(set.Body));

        var next = _cluster.Create(ResourceTypes.Deployments, $$$"""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"api"},"spec":{{{spec}}}}""");
        _cluster.Settle();
        Assert.Equal(next.Uid, OwnerReference.Controller(Assert.Single(_cluster.List(ResourceTypes.ReplicaSets)).Body).Text("uid"));
        Assert.Equal(pods, _cluster.Pods.Select(pod => pod.Name));
    }

    [Fact]
    public void A_cluster_at_rest_that_another_process_takes_over_is_left_as_it_is()
    {
        _cluster.Create(ResourceTypes.Services, """{"metadata":{"name":"api"},"spec":{"selector":{"app":"api"},"ports":[{"port":80}]}}""");
        _cluster.Settle();
        var store = new ObjectStore(_cluster.Real);
        store.Load(ResourceTypes.All.SelectMany(type => _cluster.Store.List(type, null).Items).Select(item => (item.Type, (JsonObject)item.Body.DeepClone())), _cluster.Store.Version);
        using var changes = store.Watch(null, store.Version);
        using var loop = Controllers.Loop(new ControlPlane(store, new PodTime(_cluster.Real, 1), new FaultPlan()), NullLogger.Instance);
        loop.RunUntilIdle();
        Assert.False(changes.Changes.TryRead(out var change), change?.Object.Body.ToJsonString());
    }

    [Fact]
    public void A_pod_that_loses_its_label_is_let_go_and_replaced()
    {
        var pod = _cluster.Pods[0];
        _cluster.Plane.Change(pod, body => body.At("metadata", "labels")!.AsObject().Remove("app"));
        _cluster.Settle();
        Assert.Equal(3, _cluster.Pods.Count);
        Assert.Null(OwnerReference.Controller(_cluster.Get(ResourceTypes.Pods, pod.Name)!.Body));
    }

    [Fact]
    public void An_owner_that_is_gone_takes_its_dependents_along_unless_its_kind_is_unknown()
    {
        _cluster.Create(ResourceTypes.ConfigMaps, """{"metadata":{"name":"lost","ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"p","uid":"none"}]}}""");
        _cluster.Create(ResourceTypes.ConfigMaps, """{"metadata":{"name":"kept","ownerReferences":[{"apiVersion":"example.com/v1","kind":"Thing","name":"t","uid":"none"}]}}""");
        _cluster.Create(ResourceTypes.ConfigMaps, """{"metadata":{"name":"odd","ownerReferences":[{"kind":"Pod"}]}}""");
        _cluster.Settle();
        Assert.Equal(["kept", "kube-root-ca.crt", "odd"], _cluster.List(ResourceTypes.ConfigMaps).Select(map => map.Name));
    }

    [Fact]
    public void The_pods_of_a_node_that_is_deleted_are_made_elsewhere()
    {
        _cluster.Plane.Deletion.Begin(_cluster.Get(ResourceTypes.Nodes, "sandbox-1")!);
        _cluster.Settle();
        Assert.Equal(2, _cluster.Pods.Count);
        Assert.All(_cluster.Pods, pod => Assert.NotEqual("sandbox-1", PodFacts.Of(pod).NodeName));
    }

    [Fact]
    public void A_namespace_that_is_deleted_is_emptied_and_goes()
    {
        _cluster.Create(ResourceTypes.ConfigMaps, """{"metadata":{"name":"prompts"},"data":{}}""");
        Assert.NotNull(_cluster.Get(ResourceTypes.ServiceAccounts, "default"));
        Assert.NotNull(_cluster.Get(ResourceTypes.ConfigMaps, "kube-root-ca.crt"));

        _cluster.Plane.Deletion.Begin(_cluster.Store.Get(ResourceTypes.Namespaces, "", "dify")!);
        _cluster.Settle();
        Assert.Null(_cluster.Store.Get(ResourceTypes.Namespaces, "", "dify"));
        Assert.All(ResourceTypes.All.Where(type => type.Namespaced), type => Assert.Empty(_cluster.List(type)));
    }

    [Fact]
    public void What_every_namespace_has_comes_back()
    {
        _cluster.Plane.Deletion.Begin(_cluster.Get(ResourceTypes.ConfigMaps, "kube-root-ca.crt")!);
        _cluster.Settle();
        Assert.NotNull(_cluster.Get(ResourceTypes.ConfigMaps, "kube-root-ca.crt"));
    }

    private StoredObject? Delete(string policy) =>
        _cluster.Plane.Deletion.Begin(_cluster.Get(ResourceTypes.Deployments, "api")!, new DeletionRequest { PropagationPolicy = policy });
}
