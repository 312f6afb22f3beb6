namespace DifyUpgrade.Rollouts;

/// <summary>
/// Keeps since when each obstacle stands, and names those that outlasted their grace. Only pods of the newest revision
/// count: an old pod that crashes is what the upgrade may be about to mend.
/// </summary>
/// <param name="view">What the watches have brought.</param>
/// <param name="grace">How long an obstacle may stand before it is held to be there to stay.</param>
internal sealed class CulpritWatch(ReleaseView view, TimeSpan grace)
{
    // Pods that were there before may be about to be replaced; the change gets this many times the grace to reach them.
    private const int GraceForOld = 3;

    private readonly Dictionary<PodTimeline, Standing> _ofPods = [];
    private readonly Dictionary<WorkloadTimeline, Standing> _ofWorkloads = [];

    /// <summary>Looks at a pod that changed.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="now">The moment.</param>
    /// <returns>An obstacle that was not there before; null when there is none or it is known.</returns>
    public Obstacle? Look(PodTimeline pod, DateTimeOffset now)
    {
        var known = _ofPods.GetValueOrDefault(pod);
        var obstacle = pod.IsGone ? null : Obstacles.Of(pod.State, pod.VolumeTrouble);
        if (pod.IsGone || pod.State.Terminating)
            RoomComesFree(now);
        if (obstacle is null)
        {
            Heal(pod, known);
            return null;
        }

        // The states of one trouble alternate (ErrImagePull and ImagePullBackOff; running and CrashLoopBackOff): its clock runs on.
        var goesOn = known is not null && known.Obstacle.Kind == obstacle.Kind && !HadHealed(known, now);
        _ofPods[pod] = new Standing(obstacle, goesOn ? known!.Since : now, IsActive: true, ServedSince: null);
        return goesOn ? null : obstacle;
    }

    /// <summary>Looks at a workload that changed: whether its pods can be created at all.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="now">The moment.</param>
    public void Look(WorkloadTimeline workload, DateTimeOffset now)
    {
        if (workload.State?.ReplicaFailure is not { } said)
            _ofWorkloads.Remove(workload);
        else if (!_ofWorkloads.ContainsKey(workload))
            _ofWorkloads[workload] = new Standing(new Obstacle(ObstacleKind.PodCreation, null, said), now, IsActive: true, null);
    }

    /// <summary>Names what stands in the way, once anything has outlasted its grace: then the rollout ends, and the others need not wait for theirs.</summary>
    /// <param name="now">The moment.</param>
    /// <returns>One culprit for each workload and kind of obstacle; empty while nothing is due.</returns>
    public IReadOnlyList<Culprit> Due(DateTimeOffset now)
    {
        if (_ofPods.Count + _ofWorkloads.Count == 0)
            return [];
        var roomMayCome = view.Pods.Any(pod => pod is { IsGone: false, State.Terminating: true });
        var pods = _ofPods.Where(entry => entry.Value.IsActive && view.IsNewest(entry.Key) && !(roomMayCome && entry.Value.Obstacle.MayWaitForRoom)).ToList();
        var workloads = _ofWorkloads.Where(_ => !roomMayCome).ToList();
        if (!pods.Exists(entry => DueAt(entry.Key, entry.Value) <= now) && !workloads.Exists(entry => entry.Value.Since + grace <= now))
            return [];
        return
        [
            .. workloads.Select(entry => new Culprit(entry.Key.Reference, null, entry.Value.Obstacle, entry.Value.Since, 0)),
            .. pods
                .GroupBy(entry => (entry.Key.Workload, entry.Value.Obstacle.Kind))
                .Select(group => (Others: group.Count() - 1, First: group.MinBy(entry => entry.Value.Since)))
                .OrderBy(group => group.First.Value.Since)
                .Select(group => new Culprit(group.First.Key.Workload, group.First.Key.State.Name, group.First.Value.Obstacle, group.First.Value.Since, group.Others)),
        ];
    }

    /// <summary>When something may be due that is not yet.</summary>
    /// <param name="now">The moment.</param>
    /// <returns>The moment to look again; null when nothing stands in the way.</returns>
    public DateTimeOffset? NextLook(DateTimeOffset now)
    {
        var dues = _ofPods.Where(entry => entry.Value.IsActive).Select(entry => DueAt(entry.Key, entry.Value))
            .Concat(_ofWorkloads.Values.Select(standing => standing.Since + grace))
            .Where(due => due > now)
            .ToList();
        return dues.Count > 0 ? dues.Min() : null;
    }

    private DateTimeOffset DueAt(PodTimeline pod, Standing standing) => standing.Since + (pod.WasThere ? grace * GraceForOld : grace);

    // A container between two crashes looks well; only one that served for as long as the grace has healed.
    private bool HadHealed(Standing standing, DateTimeOffset now) =>
        !standing.IsActive && (standing.Obstacle.Kind != ObstacleKind.CrashLoop || now - standing.ServedSince >= grace);

    private void Heal(PodTimeline pod, Standing? known)
    {
        if (known is not null)
            _ofPods[pod] = known with { IsActive = false, ServedSince = pod.ServesSince };
    }

    private void RoomComesFree(DateTimeOffset now)
    {
        foreach (var (pod, standing) in _ofPods.Where(entry => entry.Value.Obstacle.MayWaitForRoom).ToList())
            _ofPods[pod] = standing with { Since = now };
        foreach (var (workload, standing) in _ofWorkloads.ToList())
            _ofWorkloads[workload] = standing with { Since = now };
    }

    private sealed record Standing(Obstacle Obstacle, DateTimeOffset Since, bool IsActive, DateTimeOffset? ServedSince);
}
