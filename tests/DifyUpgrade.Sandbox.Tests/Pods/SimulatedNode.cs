using System.Text;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Pods;
using DifyUpgrade.Sandbox.Store;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Pods;

/// <summary>A node whose time passes only when a test lets it.</summary>
internal sealed class SimulatedNode : IDisposable
{
    public SimulatedNode()
        : this(new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), null)
    {
    }

    private SimulatedNode(FakeTimeProvider time, ObjectStore? store)
    {
        Time = time;
        PodTime = new PodTime(Time, 1);
        Store = store ?? new ObjectStore(Time);
        if (store is null)
            Store.Create(ResourceTypes.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "dify" } });
        Kubelet = new KubeletLoop(Store, PodTime, Faults);
        Runtime = new PodRuntime(Kubelet, Faults, PodTime);
    }

    public FakeTimeProvider Time { get; }

    public PodTime PodTime { get; }

    public ObjectStore Store { get; }

    public FaultPlan Faults { get; } = new();

    public KubeletLoop Kubelet { get; }

    public PodRuntime Runtime { get; }

    public void Dispose() => Kubelet.Dispose();

    /// <summary>The same cluster in a new process.</summary>
    public SimulatedNode Successor()
    {
        Dispose();
        return new SimulatedNode(Time, Store);
    }

    public void Change(Action<JsonObject> change, string name = "one")
    {
        var current = Store.Get(ResourceTypes.Pods, "dify", name)!;
        var body = (JsonObject)current.Body.DeepClone();
        change(body);
        Store.Replace(current, body);
        Kubelet.Follow();
    }

    public void Pass(double seconds)
    {
        Kubelet.Follow();
        for (var step = 0; step < Math.Round(seconds * 10); step++)
        {
            Time.Advance(TimeSpan.FromSeconds(0.1));
            Kubelet.Follow();
        }
    }

    public JsonObject Start(string container, string spec = "", string name = "one")
    {
        var pod = (JsonObject)JsonNode.Parse($$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","namespace":"dify","labels":{"app":"{{{name}}}"}},
             "spec":{"nodeName":"node-1",{{{spec}}}"containers":[{{{container}}}]},"status":{"phase":"Pending"}}
            """)!;
        Store.Create(ResourceTypes.Pods, pod);
        Kubelet.Follow();
        return Pod(name);
    }

    public JsonObject Pod(string name = "one") => Find(name) ?? throw new InvalidOperationException($"no pod {name}");

    public JsonObject? Find(string name = "one") => Store.Get(ResourceTypes.Pods, "dify", name)?.Body;

    public JsonObject Container(int index = 0, string name = "one") => Pod(name).Items("status", "containerStatuses").ElementAt(index);

    public string State(int index = 0, string name = "one")
    {
        var state = Container(index, name)["state"]!;
        return state.Text("waiting", "reason") ?? state.Text("terminated", "reason") ?? (state.At("running") is null ? "none" : "Running");
    }

    public string Condition(string type, string name = "one") =>
        Pod(name).Items("status", "conditions").Single(condition => condition.Text("type") == type).Text("status")!;

    public IReadOnlyList<string> Events(string name = "one") =>
        [.. Store.List(ResourceTypes.Events, "dify").Items.Where(item => item.Body.Text("involvedObject", "name") == name).OrderBy(item => item.Version)
            .Select(item => $"{item.Body.Text("type")} {item.Body.Text("reason")} {item.Body.Text("message")}")];

    /// <summary>What a command in the pod says, and its exit code.</summary>
    public Task<(int? Code, string Output, string Error)> ExecAsync(string pod, params string[] command) => TypeAsync(pod, null, tty: false, command);

    /// <summary>What a command says to somebody who types, and its exit code.</summary>
    public async Task<(int? Code, string Output, string Error)> TypeAsync(string pod, string? input, bool tty, params string[] command)
    {
        using var typed = new MemoryStream(Encoding.UTF8.GetBytes(input ?? ""));
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var result = await Runtime.ExecAsync(Pod(pod), Pod(pod).Items("spec", "containers").First().Text("name")!, command, new ExecStreams { Input = input is null ? null : typed, Output = output, Error = error, Tty = tty }, TestContext.Current.CancellationToken);
        return (result.ExitCode, Encoding.UTF8.GetString(output.ToArray()), result.Failure ?? Encoding.UTF8.GetString(error.ToArray()));
    }

    public async Task<string> LogsAsync(LogOptions? options = null, string name = "one")
    {
        using var output = new MemoryStream();
        await Runtime.Logs(Pod(name), null, options ?? new LogOptions()).CopyToAsync(output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    public void Delete(string name = "one", long? grace = null)
    {
        BeginDeletion(name, grace);
        Kubelet.Follow();
    }

    /// <summary>Deletes a pod, and lets time pass before the node hears of it.</summary>
    public void DeleteUnheard(double seconds)
    {
        BeginDeletion("one", null);
        for (var step = 0; step < Math.Round(seconds * 10); step++)
            Time.Advance(TimeSpan.FromSeconds(0.1));
    }

    public void ConfigMap(string name, params (string Key, string Value)[] data)
    {
        var body = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "dify" },
            ["data"] = new JsonObject([.. data.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value))]),
        };
        if (Store.Get(ResourceTypes.ConfigMaps, "dify", name) is { } current)
            Store.Replace(current, body);
        else
            Store.Create(ResourceTypes.ConfigMaps, body);
        Kubelet.Follow();
    }

    private void BeginDeletion(string name, long? grace) =>
        new Deletion(Store, PodTime).Begin(Store.Get(ResourceTypes.Pods, "dify", name)!, new DeletionRequest { GracePeriodSeconds = grace });
}
