using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;
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
    public void A_pod_that_loses_its_label_is_let_go_and_replaced()
    {
        var pod = _cluster.Pods[0];
        _cluster.Plane.Change(pod, body => body.At("metadata", "labels")!.AsObject().Remove("app"));
        _cluster.Settle();
        Assert.Equal(3, _cluster.Pods.Count);
        Assert.Null(OwnerReference.Controller(_cluster.Get(ResourceTypes.Pods, pod.Name)!.Body));
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
