using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Lifecycle;

public sealed class ControllerLoopTests : IDisposable
{
    private readonly FakeTimeProvider _real = new();
    private readonly ObjectStore _store;
    private readonly Recording _controller;
    private readonly ControllerLoop _loop;

    public ControllerLoopTests()
    {
        _store = new ObjectStore(_real);
        _store.Create(ResourceTypes.ConfigMaps, ConfigMap("there-before"));
        var plane = new ControlPlane(_store, new PodTime(_real, 10), new FaultPlan());
        _controller = new Recording(plane);
        _loop = new ControllerLoop(plane, [_controller], NullLogger.Instance);
    }

    public void Dispose() => _loop.Dispose();

    [Fact]
    public void What_is_there_and_what_comes_is_reconciled_once_however_often_it_changed()
    {
        var map = _store.Create(ResourceTypes.ConfigMaps, ConfigMap("one"));
        for (var count = 0; count < 3; count++)
            map = _store.Replace(map, ConfigMap("one", count));
        _store.Create(ResourceTypes.Secrets, ConfigMap("not-followed"));
        _loop.RunUntilIdle();
        Assert.Equal(["there-before", "one"], _controller.Names);
    }

    [Fact]
    public void What_is_to_be_looked_at_later_is_so_after_its_pod_time()
    {
        _controller.Answer = name => _controller.Names.Count < 3 ? TimeSpan.FromSeconds(60) : null;
        _loop.RunUntilIdle();
        _real.Advance(TimeSpan.FromSeconds(5.9));
        _loop.RunUntilIdle();
        Assert.Single(_controller.Names);
        _real.Advance(TimeSpan.FromSeconds(0.1));
        _loop.RunUntilIdle();
        Assert.Equal(2, _controller.Names.Count);
        _real.Advance(TimeSpan.FromSeconds(6));
        _loop.RunUntilIdle();
        Assert.Equal((3, null), (_controller.Names.Count, _loop.NextDue));
    }

    [Fact]
    public void A_conflict_is_looked_at_again_at_once()
    {
        _controller.Answer = name => _controller.Names.Count < 3 ? throw ApiException.Conflict(ResourceTypes.ConfigMaps, name.Name, "changed") : null;
        _loop.RunUntilIdle();
        Assert.Equal(3, _controller.Names.Count);
    }

    [Fact]
    public void A_failure_is_tried_again_with_growing_pauses_and_ends_nothing()
    {
        _controller.Answer = name => name.Name == "bad" ? throw new InvalidOperationException("no") : null;
        _store.Create(ResourceTypes.ConfigMaps, ConfigMap("bad"));
        _store.Create(ResourceTypes.ConfigMaps, ConfigMap("good"));
        _loop.RunUntilIdle();
        Assert.Equal(["there-before", "bad", "good"], _controller.Names);

        for (var pause = 0.5; pause < 100; pause *= 2)
        {
            var due = _loop.NextDue!.Value;
            Assert.Equal(TimeSpan.FromMilliseconds(pause), due - _real.GetUtcNow());
            _real.SetUtcNow(due);
            _loop.RunUntilIdle();
        }

        Assert.Equal(9, _controller.Names.Count(name => name == "bad"));
    }

    [Fact]
    public void A_name_that_stays_taken_is_tried_again_with_pauses_not_without_end()
    {
        _controller.Answer = name => throw ApiException.AlreadyExists(ResourceTypes.Pods, "db-0");
        _loop.RunUntilIdle();
        Assert.Single(_controller.Names);
        Assert.NotNull(_loop.NextDue);
    }

    [Fact]
    public void An_object_that_a_controller_cannot_read_keeps_no_other_from_its_turn()
    {
        _store.Create(ResourceTypes.ConfigMaps, ConfigMap("unreadable"));
        _store.Create(ResourceTypes.ConfigMaps, ConfigMap("good"));
        _loop.RunUntilIdle();
        Assert.Equal(["there-before", "good"], _controller.Names);
    }

    [Fact]
    public async Task It_runs_until_it_is_cancelled()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var seen = new TaskCompletionSource();
        _controller.Answer = name =>
        {
            if (name.Name == "later")
                seen.SetResult();
            return null;
        };
        var running = Task.Run(() => _loop.RunAsync(stop.Token), stop.Token);
        _store.Create(ResourceTypes.ConfigMaps, ConfigMap("later"));
        await seen.Task.WaitAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await running;
    }

    private static JsonObject ConfigMap(string name, int value = 0) =>
        new() { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "dify", ["uid"] = name }, ["data"] = new JsonObject { ["value"] = value.ToString() } };

    private sealed class Recording(ControlPlane plane) : Controller(plane)
    {
        public List<string> Names { get; } = [];

        public Func<ObjectName, TimeSpan?> Answer { get; set; } = _ => null;

        public override IReadOnlyList<ResourceType> Follows { get; } = [ResourceTypes.ConfigMaps];

        public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change) =>
            change.Object.Name == "unreadable" ? throw new InvalidOperationException("no") : [new(change.Object.Namespace, change.Object.Name)];

        public override TimeSpan? Reconcile(ObjectName name)
        {
            Names.Add(name.Name);
            return Answer(name);
        }
    }
}
