using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Lifecycle;

public sealed class EventRecorderTests
{
    private readonly FakeTimeProvider _real = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly ObjectStore _store;
    private readonly EventRecorder _recorder;
    private readonly StoredObject _pod;

    public EventRecorderTests()
    {
        _store = new ObjectStore(_real);
        _recorder = new EventRecorder(_store, new PodTime(_real, 10));
        _store.Create(ResourceTypes.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "dify" } });
        _pod = _store.Create(ResourceTypes.Pods, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "api", ["namespace"] = "dify", ["uid"] = "u" } });
    }

    [Fact]
    public void An_event_has_the_fields_of_a_real_one()
    {
        _recorder.As("kubelet", "node-1").Normal(_pod, "Pulled", "Container image \"i\" already present on machine", "spec.containers{api}");

        var stored = Assert.Single(Events());
        Assert.StartsWith("api.", stored.Name, StringComparison.Ordinal);
        var body = (JsonObject)stored.Body.DeepClone();
        body.Remove("metadata");
        Assert.Equal(
            """{"kind":"Event","apiVersion":"v1","involvedObject":{"kind":"Pod","namespace":"dify","name":"api","uid":"u","apiVersion":"v1","resourceVersion":"3","fieldPath":"spec.containers{api}"},"reason":"Pulled","message":"Container image \u0022i\u0022 already present on machine","source":{"component":"kubelet","host":"node-1"},"firstTimestamp":"2026-01-02T03:04:05Z","lastTimestamp":"2026-01-02T03:04:05Z","type":"Normal","eventTime":null,"reportingComponent":"kubelet","reportingInstance":"node-1","count":1}""",
            body.ToJsonString());
    }

    [Fact]
    public void The_same_again_counts_up()
    {
        for (var count = 0; count < 3; count++)
        {
            _recorder.As("kubelet", "node-1").Warning(_pod, "BackOff", "Back-off restarting failed container");
            _real.Advance(TimeSpan.FromSeconds(1));
        }

        var stored = Assert.Single(Events()).Body;
        Assert.Equal((3, "2026-01-02T03:04:05Z", "2026-01-02T03:04:07Z"), (stored.Number("count"), stored.Text("firstTimestamp"), stored.Text("lastTimestamp")));
    }

    [Fact]
    public void The_scheduler_counts_in_a_series()
    {
        for (var count = 0; count < 2; count++)
            _recorder.As("default-scheduler").Action(_pod, "Scheduling", "Warning", "FailedScheduling", "0/1 nodes are available: 1 Insufficient cpu.");

        var stored = Assert.Single(Events()).Body;
        Assert.Equal((2, "Scheduling", null, "2026-01-02T03:04:05.000000Z"), (stored.Number("series", "count"), stored.Text("action"), stored.Text("lastTimestamp"), stored.Text("eventTime")));
    }

    [Fact]
    public void Many_alike_are_combined_and_too_many_of_one_object_are_dropped()
    {
        for (var count = 0; count < 40; count++)
            _recorder.As("replicaset-controller").Normal(_pod, "SuccessfulCreate", $"Created pod: p-{count}");

        Assert.Equal(10, Events().Count);
        var combined = Assert.Single(Events(), item => item.Body.Number("count") > 1).Body;
        Assert.Equal((16, "(combined from similar events): Created pod: p-24"), (combined.Number("count"), combined.Text("message")));

        _real.Advance(TimeSpan.FromSeconds(30));
        _recorder.As("replicaset-controller").Normal(_pod, "SuccessfulDelete", "Deleted pod: p-1");
        Assert.Equal(11, Events().Count);
    }

    [Fact]
    public void An_event_that_was_deleted_is_not_counted_up_but_made_anew()
    {
        _recorder.As("kubelet").Normal(_pod, "Started", "Started container api");
        _store.Remove(Assert.Single(Events()));
        _recorder.As("kubelet").Normal(_pod, "Started", "Started container api");
        Assert.Equal(1, Assert.Single(Events()).Body.Number("count"));
    }

    [Fact]
    public void Nothing_is_recorded_in_a_namespace_that_is_gone()
    {
        _store.Remove(_store.Get(ResourceTypes.Namespaces, "", "dify")!);
        _recorder.As("kubelet").Normal(_pod, "Started", "Started container api");
        Assert.Empty(Events());
    }

    private IReadOnlyList<StoredObject> Events() => _store.List(ResourceTypes.Events, null).Items;
}
