using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>The kubelets of all nodes: takes each pod that has a node from its volumes to its end.</summary>
internal sealed class KubeletLoop : IDisposable
{
    private readonly NodeServices _services;
    private readonly Dictionary<string, SimulatedPod> _pods = new(StringComparer.Ordinal);
    private readonly Subscription _changes;

    /// <summary>Starts with the pods there are.</summary>
    public KubeletLoop(ObjectStore store, PodTime time, FaultPlan faults)
    {
        _services = new NodeServices(store, time, faults);
        var (pods, version) = store.List(ResourceTypes.Pods, null);
        _changes = store.Watch(null, version);
        lock (_services.Gate)
        {
            foreach (var pod in pods)
                Take(pod);
        }
    }

    /// <summary>Follows the changes until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await _changes.Changes.WaitToReadAsync(cancellation))
            Follow();
    }

    /// <summary>Works off the changes there are.</summary>
    public void Follow()
    {
        while (_changes.Changes.TryRead(out var change))
        {
            if (change.Object.Type != ResourceTypes.Pods)
                continue;
            lock (_services.Gate)
            {
                if (change.Kind == StoreEventKind.Deleted)
                    Forget(change.Object.Uid);
                else
                    Take(change.Object);
            }
        }
    }

    /// <summary>Lets somebody look at a pod.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="uid">The pod's uid.</param>
    /// <param name="look">What is done; gets null where no node runs such a pod.</param>
    public T Look<T>(string uid, Func<SimulatedPod?, T> look)
    {
        lock (_services.Gate)
            return look(_pods.GetValueOrDefault(uid));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _changes.Dispose();
        _services.Dispose();
    }

    private void Take(StoredObject pod)
    {
        if (_pods.TryGetValue(pod.Uid, out var known))
            known.Update(pod);
        else if (pod.Body.Text("spec", "nodeName") is { Length: > 0 } && pod.Body.Text("status", "phase") is not ("Succeeded" or "Failed"))
            (_pods[pod.Uid] = new SimulatedPod(_services, pod)).Begin();
    }

    private void Forget(string uid)
    {
        if (_pods.Remove(uid, out var pod))
            pod.Vanish();
    }
}
