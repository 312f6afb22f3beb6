using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.DaemonSets;

/// <summary>A DaemonSet with its nodes and pods while it is reconciled.</summary>
internal sealed class DaemonRollout
{
    private readonly ControlPlane _plane;
    private readonly StoredObject _set;
    private readonly DaemonPods _daemons;
    private readonly ILookup<string?, StoredObject> _byNode;
    private readonly List<string> _wanted;
    private readonly IReadOnlyList<StoredObject> _pods;

    /// <summary>Looks at the nodes.</summary>
    /// <param name="plane">Where they are.</param>
    /// <param name="set">The DaemonSet.</param>
    /// <param name="daemons">Makes its pods.</param>
    /// <param name="pods">Its pods.</param>
    public DaemonRollout(ControlPlane plane, StoredObject set, DaemonPods daemons, IReadOnlyList<StoredObject> pods)
    {
        (_plane, _set, _daemons, _pods) = (plane, set, daemons, pods);
        _byNode = pods.OrderBy(pod => PodFacts.Of(pod).Created, StringComparer.Ordinal).ToLookup(DaemonPods.NodeOf);
        _wanted = [.. plane.Index.All(ResourceTypes.Nodes).Where(daemons.IsWantedOn).Select(node => node.Name).Order(StringComparer.Ordinal)];
    }

    /// <summary>The hashes of the revisions that its pods have.</summary>
    public IEnumerable<string> RevisionsInUse => _pods.Select(pod => PodFacts.Of(pod).RevisionHash).OfType<string>();

    /// <summary>Makes and deletes pods.</summary>
    public void Step()
    {
        foreach (var pod in _pods.Where(pod => DaemonPods.NodeOf(pod) is not { } node || !_wanted.Contains(node)))
            _daemons.Delete(pod);
        foreach (var node in _wanted)
            Keep(node);
        if (_set.Body.Text("spec", "updateStrategy", "type") == "OnDelete")
            return;
        if (Surge > 0)
            Replace();
        else
            Renew();
    }

    /// <summary>Writes the status.</summary>
    /// <returns>The pod time until the next pod counts as available.</returns>
    public TimeSpan? WriteStatus()
    {
        var first = _wanted.Select(node => _byNode[node].Where(pod => !pod.IsTerminating).MinBy(pod => UntilAvailable(pod) ?? TimeSpan.MaxValue)).OfType<StoredObject>().ToList();
        var waits = first.Select(UntilAvailable).OfType<TimeSpan>().ToList();
        var available = waits.Count(wait => wait == TimeSpan.Zero);
        _plane.Change(_set, body =>
        {
            var status = body.Child("status");
            status["currentNumberScheduled"] = first.Count;
            status["numberMisscheduled"] = _pods.Count(pod => PodFacts.Of(pod).IsActive && DaemonPods.NodeOf(pod) is { } node && !_wanted.Contains(node));
            status["desiredNumberScheduled"] = _wanted.Count;
            status["numberReady"] = waits.Count;
            status.SetObserved(body)
                .SetCount("updatedNumberScheduled", _wanted.Count(node => _byNode[node].Any(pod => !pod.IsTerminating && _daemons.IsUpdated(pod))))
                .SetCount("numberAvailable", available)
                .SetCount("numberUnavailable", _wanted.Count - available);
        });
        return waits.Where(wait => wait > TimeSpan.Zero).Select(wait => (TimeSpan?)wait).DefaultIfEmpty().Min();
    }

    private void Keep(string node)
    {
        var pods = _byNode[node].ToList();
        foreach (var failed in pods.Where(pod => PodFacts.Of(pod).HasEnded && !pod.IsTerminating))
            _daemons.DeleteFailed(failed);
        var active = pods.Where(pod => PodFacts.Of(pod).IsActive).ToList();

        // During a surge the next one may stand beside the old one.
        foreach (var extra in Surge > 0 ? active.GroupBy(_daemons.IsUpdated).SelectMany(same => same.Skip(1)) : active.Skip(1))
            _daemons.Delete(extra);

        // The old pod has to be gone before the next one takes its ports.
        if (pods.Count == 0)
            _daemons.Create(node);
    }

    private int Surge => Scaled("maxSurge", 0);

    // The old pod goes when the new one beside it is available; what does not work is not waited for.
    private void Replace()
    {
        var free = Surge;
        var waiting = new List<string>();
        foreach (var node in _wanted)
        {
            var active = _byNode[node].Where(pod => PodFacts.Of(pod).IsActive).ToList();
            if (active.Find(pod => !_daemons.IsUpdated(pod)) is not { } old)
                continue;
            if (active.Find(_daemons.IsUpdated) is { } next)
            {
                if (UntilAvailable(next) == TimeSpan.Zero)
                    _daemons.Delete(old);
                else
                    free--;
            }
            else if (UntilAvailable(old) == TimeSpan.Zero)
            {
                waiting.Add(node);
            }
            else
            {
                _daemons.Create(node);
            }
        }

        foreach (var node in waiting.Take(Math.Max(0, free)))
            _daemons.Create(node);
    }

    private int Scaled(string field, int otherwise) =>
        ScaledValue.Of(_set.Body.At("spec", "updateStrategy", "rollingUpdate", field) ?? otherwise, _wanted.Count, roundUp: true);

    private void Renew()
    {
        var most = Math.Max(1, Scaled("maxUnavailable", 1));
        var active = _wanted.Select(node => _byNode[node].FirstOrDefault(pod => PodFacts.Of(pod).IsActive)).ToList();
        var old = active.OfType<StoredObject>().Where(pod => !_daemons.IsUpdated(pod)).ToList();
        var unavailable = active.Count(pod => pod is null || (_daemons.IsUpdated(pod) && UntilAvailable(pod) != TimeSpan.Zero));

        // Old pods that do not work can go at any time.
        foreach (var broken in old.Where(pod => UntilAvailable(pod) != TimeSpan.Zero))
            _daemons.Delete(broken);
        foreach (var pod in old.Where(pod => UntilAvailable(pod) == TimeSpan.Zero).Take(Math.Max(0, most - unavailable)))
            _daemons.Delete(pod);
    }

    private TimeSpan? UntilAvailable(StoredObject pod) =>
        PodFacts.UntilAvailable(_plane.Moments, pod, TimeSpan.FromSeconds(_set.Body.Number("spec", "minReadySeconds") ?? 0));
}
