using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Lifecycle;
using DifyUpgrade.Sandbox.Pods.Files;
using DifyUpgrade.Sandbox.Pods.Images;
using DifyUpgrade.Sandbox.Store;
using Microsoft.Extensions.Logging;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>What all simulated pods share.</summary>
internal sealed class NodeServices : IDisposable
{
    private readonly Dictionary<string, FileTree> _shared = new(StringComparer.Ordinal);
    private readonly EventRecorder _recorder;
    private readonly ILogger _log;

    /// <summary>Sets up the simulation.</summary>
    public NodeServices(ObjectStore store, PodTime time, FaultPlan faults, ILogger log)
    {
        (Store, Time, Faults, _log) = (store, time, faults, log);
        Due = new DueQueue(time, Gate, Guard);
        _recorder = new EventRecorder(store, time);
    }

    /// <summary>Held by everybody who touches the simulation.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The cluster's objects.</summary>
    public ObjectStore Store { get; }

    /// <summary>The pods' time.</summary>
    public PodTime Time { get; }

    /// <summary>What is to go wrong.</summary>
    public FaultPlan Faults { get; }

    /// <summary>What happens later.</summary>
    public DueQueue Due { get; }

    /// <summary>Every image there is a stand-in for.</summary>
    public ImageCatalog Images { get; } = new();

    /// <summary>The images that each node has.</summary>
    public NodeImages Pulled { get; } = new();

    /// <summary>The addresses of the pods.</summary>
    public PodAddresses Addresses { get; } = new();

    /// <summary>A node's address.</summary>
    public string HostAddress(string node) => Store.Get(ResourceTypes.Nodes, "", node)?.Body.Items("status", "addresses")
        .FirstOrDefault(address => address.Text("type") == "InternalIP").Text("address") ?? "10.0.0.1";

    /// <summary>Where the kubelet of a node tells what happens.</summary>
    public EventSource Events(string node) => _recorder.As("kubelet", node);

    /// <summary>Files that outlive a pod: those of a claim, or of a node's own disk.</summary>
    public FileTree SharedTree(string key) => _shared.TryGetValue(key, out var tree) ? tree : _shared[key] = NewTree(Time.Now);

    /// <summary>An empty folder that anybody may write to.</summary>
    public static FileTree NewTree(DateTimeOffset at) => new(new FolderNode(0b111_111_111, FileOwner.Root, at));

    /// <summary>Does something for one pod; if it fails, the other pods live on.</summary>
    public void Guard(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // A pod that breaks the simulation must not take the whole sandbox along.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _log.LogError(failure, "The simulation of a pod failed.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Due.Dispose();
}
