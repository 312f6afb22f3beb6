namespace DifyUpgrade.Sandbox.Lifecycle.StatefulSets;

/// <summary>Writes a StatefulSet's status.</summary>
/// <param name="plane">Where it goes.</param>
/// <param name="replicas">The StatefulSet.</param>
internal sealed class StatefulStatus(ControlPlane plane, StatefulReplicas replicas)
{
    /// <summary>Writes it.</summary>
    /// <returns>The pod time until the next pod counts as available.</returns>
    public TimeSpan? Write()
    {
        var pods = replicas.Pods;
        var ready = pods.Where(pod => PodFacts.Of(pod) is { Phase: "Running", IsReady: true }).ToList();
        var waits = ready.Select(replicas.UntilAvailable).OfType<TimeSpan>().ToList();
        var updated = pods.Count(pod => !pod.IsTerminating && StatefulReplicas.Has(pod, replicas.Update));
        var current = pods.Count(pod => !pod.IsTerminating && StatefulReplicas.Has(pod, replicas.Current));
        var isDone = !replicas.IsOnDelete && updated == replicas.Wanted && ready.Count == replicas.Wanted && pods.Count == replicas.Wanted;
        plane.Change(replicas.Set, body =>
        {
            var status = body.Child("status");
            status["replicas"] = pods.Count;
            status.SetObserved(body)
                .SetCount("readyReplicas", ready.Count)
                .SetCount("availableReplicas", waits.Count(wait => wait == TimeSpan.Zero))
                .SetCount("currentReplicas", isDone ? updated : current)
                .SetCount("updatedReplicas", updated);
            status["currentRevision"] = (isDone ? replicas.Update : replicas.Current).Name;
            status["updateRevision"] = replicas.Update.Name;
            status["collisionCount"] ??= 0;
        });
        return waits.Where(wait => wait > TimeSpan.Zero).Select(wait => (TimeSpan?)wait).DefaultIfEmpty().Min();
    }
}
