using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>The kubelets of all nodes: takes each pod that has a node from its volumes to its end.</summary>
internal sealed class KubeletLoop : IDisposable
{
    private readonly NodeServices _services;
    private readonly Dictionary<string, SimulatedPod> _pods = new(StringComparer.Ordinal);
    private readonly VolumeSources _sources = new();
    private readonly Subscription _changes;

    /// <summary>Starts with the pods there are.</summary>
    /// <param name="store">The cluster's objects.</param>
    /// <param name="time">The pods' time.</param>
    /// <param name="faults">What is to go wrong.</param>
    /// <param name="log">Where failures of the simulation go.</param>
    public KubeletLoop(ObjectStore store, PodTime time, FaultPlan faults, ILogger? log = null)
    {
        _services = new NodeServices(store, time, faults, log ?? NullLogger.Instance);
        var (pods, version) = store.List(ResourceTypes.Pods, null);
        _changes = store.Watch(null, version);
        lock (_services.Gate)
        {
            foreach (var pod in pods)
                _services.Guard(() => Take(pod));
        }

        faults.Changed += OnFaults;
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
            if (change.Object.Type != ResourceTypes.Pods && change.Object.Type != ResourceTypes.ConfigMaps && change.Object.Type != ResourceTypes.Secrets)
                continue;
            lock (_services.Gate)
                _services.Guard(() => Take(change));
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

    /// <summary>Does something while nothing else happens on the nodes.</summary>
    public void Hold(Action action)
    {
        lock (_services.Gate)
            action();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _services.Faults.Changed -= OnFaults;
        _changes.Dispose();
        _services.Dispose();
    }

    private void Take(StoreEvent change)
    {
        if (change.Object.Type != ResourceTypes.Pods)
            _sources.Changed(change.Object);
        else if (change.Kind == StoreEventKind.Deleted)
            Forget(change.Object.Uid);
        else
            Take(change.Object);
    }

    // A pod that has ended is none of the nodes' business any more, but to remove it where that was asked for.
    private void Take(StoredObject pod)
    {
        if (_pods.TryGetValue(pod.Uid, out var known))
        {
            known.Update(pod);
            return;
        }

        if (pod.Body.Text("spec", "nodeName") is not { Length: > 0 })
            return;
        if (pod.Body.Text("status", "phase") is "Succeeded" or "Failed")
        {
            if (pod.IsTerminating)
                PodRemoval.Remove(_services, pod);
            return;
        }

        var begun = _pods[pod.Uid] = new SimulatedPod(_services, pod);
        _sources.Add(begun);
        begun.Begin();
        begun.Update(_services.Store.Get(ResourceTypes.Pods, pod.Namespace, pod.Name) is { } newest && newest.Uid == pod.Uid ? newest : pod);
        if (PodFaults.Concern(_services.Faults))
            PodFaults.Apply(begun);
    }

    private void Forget(string uid)
    {
        if (!_pods.Remove(uid, out var pod))
            return;
        _sources.Remove(pod);
        pod.Vanish();
    }

    private void OnFaults()
    {
        lock (_services.Gate)
        {
            foreach (var pod in _pods.Values.ToList())
            {
                _services.Guard(() =>
                {
                    PodFaults.Apply(pod);
                    pod.Reconnect();
                });
            }
        }
    }
}
