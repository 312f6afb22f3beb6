using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Deployments;

/// <summary>Spreads another number of pods over the ReplicaSets of a rollout that is under way, in proportion to what they have.</summary>
/// <param name="rollout">The Deployment.</param>
internal sealed class ProportionalScaling(DeploymentRollout rollout)
{
    private DeploymentSpec Spec => rollout.Spec;

    /// <summary>Scales.</summary>
    public void Scale()
    {
        if (OnlyOne() is { } only)
        {
            if (only.Replicas() != Spec.Replicas || Revisions.DesiredReplicas(only) != Spec.Replicas)
                rollout.Scale(only, Spec.Replicas);
        }
        else if (IsDone(rollout.Group.New))
        {
            foreach (var set in rollout.Group.Old.Where(set => set.Replicas() > 0))
                rollout.Scale(set, 0);
        }
        else if (!Spec.IsRecreate)
        {
            Spread();
        }
    }

    // With no or one ReplicaSet that has pods there is nothing to spread over.
    private StoredObject? OnlyOne() => rollout.Group.Active.Take(2).ToList() switch
    {
        [] => rollout.Group.New ?? (rollout.Group.Old is [.., var latest] ? latest : null),
        [var one] => one,
        _ => null,
    };

    private bool IsDone(StoredObject? set) =>
        set is not null && Revisions.DesiredReplicas(set) == Spec.Replicas && set.Replicas() == Spec.Replicas && set.Counted("availableReplicas") == Spec.Replicas;

    private void Spread()
    {
        var toAdd = (Spec.Replicas > 0 ? Spec.MaxTotal : 0) - rollout.Group.Replicas;
        var sets = Ordered(toAdd > 0);
        var sizes = new Dictionary<string, int>();
        var added = 0;
        foreach (var set in sets)
        {
            var share = toAdd == 0 ? 0 : Share(set, toAdd, added);
            sizes[set.Name] = set.Replicas() + share;
            added += share;
        }

        // What rounding left over goes to the largest.
        if (toAdd != 0)
            sizes[sets[0].Name] = Math.Max(0, sizes[sets[0].Name] + toAdd - added);
        foreach (var set in sets)
            rollout.Scale(set, sizes[set.Name]);
    }

    private List<StoredObject> Ordered(bool newestFirst)
    {
        var bySize = rollout.Group.Active.OrderByDescending(set => set.Replicas());
        string Created(StoredObject set) => set.Body.Text("metadata", "creationTimestamp") ?? "";
        return [.. newestFirst ? bySize.ThenByDescending(Created, StringComparer.Ordinal) : bySize.ThenBy(Created, StringComparer.Ordinal)];
    }

    private int Share(StoredObject set, int toAdd, int added)
    {
        if (toAdd == added)
            return 0;
        var before = Revisions.MaxReplicas(set) ?? rollout.Deployment.Body.Number("status", "replicas") ?? 0;
        var share = Spec.Replicas == 0 || before == 0
            ? -set.Replicas()
            : (int)Math.Round((double)set.Replicas() * Spec.MaxTotal / before, MidpointRounding.AwayFromZero) - set.Replicas();
        return toAdd > 0 ? Math.Min(share, toAdd - added) : Math.Max(share, toAdd - added);
    }
}
