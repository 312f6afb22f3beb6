using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Which pods show which ConfigMaps and Secrets, so that a change of one costs only those.</summary>
internal sealed class VolumeSources
{
    // kubelet looks at each pod about once a minute.
    private static readonly TimeSpan SyncPeriod = TimeSpan.FromSeconds(60);

    private readonly Dictionary<(ResourceType Type, string Namespace, string Name), HashSet<SimulatedPod>> _pods = [];

    /// <summary>A pod is there.</summary>
    public void Add(SimulatedPod pod)
    {
        foreach (var key in KeysOf(pod))
        {
            if (!_pods.TryGetValue(key, out var pods))
                _pods[key] = pods = [];
            pods.Add(pod);
        }
    }

    /// <summary>A pod is gone.</summary>
    public void Remove(SimulatedPod pod)
    {
        foreach (var key in KeysOf(pod))
        {
            if (_pods.TryGetValue(key, out var pods) && pods.Remove(pod) && pods.Count == 0)
                _pods.Remove(key);
        }
    }

    /// <summary>A ConfigMap or a Secret has changed: its pods see it when kubelet looks at them next.</summary>
    public void Changed(StoredObject source)
    {
        foreach (var pod in _pods.GetValueOrDefault((source.Type, source.Namespace, source.Name), []))
        {
            var age = pod.Services.Time.Since(pod.StartedAt);
            pod.After(SyncPeriod - TimeSpan.FromTicks(age.Ticks % SyncPeriod.Ticks), pod.Volumes.Refresh);
        }
    }

    private static IEnumerable<(ResourceType, string, string)> KeysOf(SimulatedPod pod) =>
        pod.Volumes.Sources.Select(source => (source.Type, pod.Body.Text("metadata", "namespace") ?? "", source.Name)).Distinct();
}
