using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DifyUpgrade.Sandbox.Tests.Lifecycle;

/// <summary>Controllers over a store, with nodes that start pods and end them, in one thread and a time of the test's own.</summary>
public sealed class TestCluster : IDisposable, ILogger
{
    private readonly ControllerLoop _loop;
    private readonly FakeNodes _nodes;

    public TestCluster(int nodes = 3)
    {
        Store = new ObjectStore(Real);
        InitialObjects.Ensure(Store, Real.GetUtcNow(), nodes);
        Store.Create(ResourceTypes.Namespaces, Json("""{"metadata":{"name":"dify"},"spec":{"finalizers":["kubernetes"]},"status":{"phase":"Active"}}"""));
        Plane = new ControlPlane(Store, new PodTime(Real, 1), Faults);
        _loop = Controllers.Loop(Plane, this);
        _nodes = new FakeNodes(Plane);
    }

    internal FakeTimeProvider Real { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    internal FaultPlan Faults { get; } = new();

    internal ObjectStore Store { get; }

    internal ControlPlane Plane { get; }

    /// <summary>What the controllers failed at.</summary>
    internal List<string> Failures { get; } = [];

    /// <summary>Which pods the nodes start; all by default.</summary>
    internal Func<StoredObject, bool> Starts { get => _nodes.Starts; set => _nodes.Starts = value; }

    /// <summary>Whether the nodes do anything.</summary>
    internal bool NodesWork { get; set; } = true;

    public static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    /// <summary>Makes an object in namespace dify.</summary>
    internal StoredObject Create(ResourceType type, string text)
    {
        var body = Json(text);
        if (type.Namespaced)
            body.Child("metadata")["namespace"] ??= "dify";
        body.Child("metadata")["generation"] ??= 1;
        return Store.Create(type, body);
    }

    /// <summary>Changes what an object should be, as a client does.</summary>
    internal StoredObject Edit(ResourceType type, string name, Action<JsonObject> change) => Plane.ChangeSpec(Get(type, name)!, change);

    internal StoredObject? Get(ResourceType type, string name) => Store.Get(type, type.Namespaced ? "dify" : "", name);

    internal IReadOnlyList<StoredObject> List(ResourceType type) => Store.List(type, type.Namespaced ? "dify" : null).Items;

    internal IReadOnlyList<StoredObject> Pods => List(ResourceTypes.Pods);

    /// <summary>What was recorded, oldest first.</summary>
    internal IReadOnlyList<string> Events(string reason) =>
        [.. List(ResourceTypes.Events).Where(item => item.Body.Text("reason") == reason).OrderBy(item => item.Version).Select(item => item.Body.Text("message")!)];

    /// <summary>Lets controllers, and nodes that work, do what there is to do now.</summary>
    public void Settle()
    {
        for (var round = 0; round < 10_000; round++)
        {
            _loop.RunUntilIdle();
            if (Failures.Count > 0)
                throw new InvalidOperationException(string.Join(Environment.NewLine, Failures));
            if (!NodesWork || !_nodes.Step())
                return;
        }

        throw new InvalidOperationException("It never comes to rest.");
    }

    /// <summary>Lets only the controllers work.</summary>
    internal void Reconcile() => _loop.RunUntilIdle();

    /// <summary>Lets pod time pass in steps, and what comes due happen.</summary>
    public void Pass(double seconds)
    {
        for (; seconds > 0; seconds--)
        {
            Real.Advance(TimeSpan.FromSeconds(Math.Min(1, seconds)));
            Settle();
        }
    }

    public void Dispose() => _loop.Dispose();

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Failures.Add(formatter(state, exception) + exception);
}
