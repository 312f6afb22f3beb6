namespace DifyUpgrade.Sandbox.Lifecycle.StatefulSets;

/// <summary>Makes one step towards the pods that a StatefulSet wants: up from the first, down and anew from the last.</summary>
/// <param name="plane">Where the pods are.</param>
/// <param name="replicas">The StatefulSet.</param>
internal sealed class StatefulRollout(ControlPlane plane, StatefulReplicas replicas)
{
    private readonly StatefulPod _pods = new(plane, replicas.Set);

    /// <summary>Makes one step.</summary>
    public void Step()
    {
        if (Grow() && Shrink() && !replicas.IsOnDelete)
            Renew();
    }

    // Whether it may go on with what comes after. A pod that never gets ready blocks even its own mending; real ones do so
    // too, and have to be deleted by hand (kubernetes#67250).
    private bool Grow()
    {
        foreach (var ordinal in replicas.Ordinals)
        {
            if (replicas[ordinal] is not { } pod)
            {
                _pods.Create(ordinal, replicas.RevisionFor(ordinal));
                if (replicas.IsOrdered)
                    return false;
            }
            else if (PodFacts.Of(pod) is { HasEnded: true, IsTerminating: false })
            {
                _pods.Recreate(pod);
                return false;
            }
            else if (replicas.IsOrdered && (!StatefulReplicas.IsHealthy(pod) || replicas.UntilAvailable(pod) != TimeSpan.Zero))
            {
                return false;
            }
        }

        return true;
    }

    private bool Shrink()
    {
        foreach (var pod in replicas.Condemned)
        {
            if (pod.IsTerminating)
            {
                if (replicas.IsOrdered)
                    return false;
                continue;
            }

            _pods.Delete(pod);
            if (replicas.IsOrdered)
                return false;
        }

        return true;
    }

    private void Renew()
    {
        foreach (var ordinal in replicas.Ordinals.Where(ordinal => ordinal >= replicas.Partition).Reverse())
        {
            if (replicas[ordinal] is not { } pod)
                return;
            if (!StatefulReplicas.Has(pod, replicas.Update) && !pod.IsTerminating)
            {
                _pods.Delete(pod);
                return;
            }

            if (!StatefulReplicas.IsHealthy(pod) || replicas.UntilAvailable(pod) != TimeSpan.Zero)
                return;
        }
    }
}
