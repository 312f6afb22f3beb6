using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Lifecycle;

public sealed class DeletionTests
{
    private readonly ObjectStore _store;
    private readonly Deletion _deletion;

    public DeletionTests()
    {
        var real = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        _store = new ObjectStore(real);
        _deletion = new Deletion(_store, new PodTime(real, 10));
    }

    [Fact]
    public void A_pod_on_a_node_gets_its_grace_and_is_left_to_the_node()
    {
        var pod = _deletion.Begin(Stored(ResourceTypes.Pods, """{"metadata":{"name":"p","namespace":"n"},"spec":{"nodeName":"one","terminationGracePeriodSeconds":60},"status":{"phase":"Running"}}"""))!;

        Assert.Equal(("2026-01-02T03:04:11Z", 60), (pod.Body.Text("metadata", "deletionTimestamp"), pod.Body.Number("metadata", "deletionGracePeriodSeconds")));
        Assert.False(_deletion.Finish(pod));
        Assert.Null(_deletion.Begin(pod, new DeletionRequest { GracePeriodSeconds = 0 }));
        Assert.Null(_store.Get(ResourceTypes.Pods, "n", "p"));
    }

    [Fact]
    public void A_grace_is_never_extended()
    {
        var pod = _deletion.Begin(Stored(ResourceTypes.Pods, """{"metadata":{"name":"p","namespace":"n"},"spec":{"nodeName":"one"},"status":{"phase":"Running"}}"""))!;
        var again = _deletion.Begin(pod, new DeletionRequest { GracePeriodSeconds = 90 })!;
        Assert.Equal(30, again.Body.Number("metadata", "deletionGracePeriodSeconds"));
        Assert.Same(pod, again);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"p","namespace":"n"},"spec":{},"status":{"phase":"Pending"}}""")]
    [InlineData("""{"metadata":{"name":"p","namespace":"n"},"spec":{"nodeName":"one"},"status":{"phase":"Succeeded"}}""")]
    public void A_pod_that_no_node_runs_goes_at_once(string body)
    {
        Assert.Null(_deletion.Begin(Stored(ResourceTypes.Pods, body)));
        Assert.Null(_store.Get(ResourceTypes.Pods, "n", "p"));
    }

    [Theory]
    [InlineData("Foreground", "foregroundDeletion")]
    [InlineData("Orphan", "orphan")]
    public void A_policy_for_dependents_becomes_a_finalizer_that_holds_the_object(string policy, string finalizer)
    {
        var owner = _deletion.Begin(Stored(ResourceTypes.Deployments, """{"metadata":{"name":"d","namespace":"n","generation":3}}"""), new DeletionRequest { PropagationPolicy = policy })!;

        Assert.Equal(finalizer, owner.Body.At("metadata", "finalizers")![0]!.GetValue<string>());
        Assert.Equal(4, owner.Body.Number("metadata", "generation"));
        Assert.False(_deletion.Finish(owner));
        Assert.Null(_deletion.Begin(owner, new DeletionRequest { PropagationPolicy = "Background" }));
    }

    [Fact]
    public void The_dependents_of_a_job_are_orphaned_unless_asked_otherwise()
    {
        var job = Stored(ResourceTypes.Jobs, """{"metadata":{"name":"j","namespace":"n"}}""");
        var marked = _deletion.Begin(job)!;
        Assert.Equal("orphan", marked.Body.At("metadata", "finalizers")![0]!.GetValue<string>());
        Assert.Null(_deletion.Begin(marked, new DeletionRequest { PropagationPolicy = "Background" }));
    }

    [Fact]
    public void A_namespace_waits_until_it_is_empty()
    {
        var space = _deletion.Begin(Stored(ResourceTypes.Namespaces, """{"metadata":{"name":"n"},"spec":{"finalizers":["kubernetes"]},"status":{"phase":"Active"}}"""))!;
        Assert.Equal("Terminating", space.Body.Text("status", "phase"));
        Assert.Null(space.Body.Number("metadata", "deletionGracePeriodSeconds"));

        var emptied = (JsonObject)space.Body.DeepClone();
        emptied.Child("spec").Remove("finalizers");
        Assert.True(_deletion.Finish(_store.Replace(space, emptied)));
        Assert.Null(_store.Get(ResourceTypes.Namespaces, "", "n"));
    }

    private StoredObject Stored(ResourceType type, string body) => _store.Create(type, JsonNode.Parse(body)!.AsObject());
}
