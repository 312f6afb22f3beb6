using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Deployments;

/// <summary>Replaces old pods by new ones a few at a time.</summary>
/// <param name="rollout">The Deployment.</param>
internal sealed class RollingUpdate(DeploymentRollout rollout)
{
    private DeploymentSpec Spec => rollout.Spec;

    private int MinAvailable => Spec.Replicas - Spec.MaxUnavailable;

    /// <summary>Makes one step: up, or else down.</summary>
    public void Step()
    {
        var current = new RevisionKeeping(rollout).Ensure();
        if (!ScaleNew(current))
            ScaleOld(current);
    }

    private bool ScaleNew(StoredObject set)
    {
        var count = set.Replicas();
        return rollout.Scale(set, count > Spec.Replicas ? Spec.Replicas : rollout.NewReplicas(count));
    }

    private void ScaleOld(StoredObject current)
    {
        var group = rollout.Group;
        if (group.Old.All(set => set.Replicas() == 0))
            return;

        // New pods that are not available yet must not cost old ones beyond what may be unavailable.
        var spare = group.Replicas - MinAvailable - (current.Replicas() - current.Counted("availableReplicas"));
        if (spare <= 0)
            return;
        var left = group.Old.ToDictionary(set => set.Name, set => set.Replicas());
        TakeUnhealthy(left, spare);
        TakeHealthy(left);
        foreach (var set in group.Old.Where(set => left[set.Name] < set.Replicas()))
            rollout.Scale(set, left[set.Name]);
    }

    // Old pods that do not work go first: nobody misses them.
    private void TakeUnhealthy(Dictionary<string, int> left, int most)
    {
        foreach (var set in rollout.Group.Old)
        {
            var unhealthy = Math.Min(most, set.Replicas() - set.Counted("availableReplicas"));
            if (unhealthy <= 0)
                continue;
            left[set.Name] -= unhealthy;
            most -= unhealthy;
        }
    }

    private void TakeHealthy(Dictionary<string, int> left)
    {
        var most = rollout.Group.Counted("availableReplicas") - MinAvailable;
        foreach (var set in rollout.Group.Old)
        {
            var count = Math.Min(most, left[set.Name]);
            if (count <= 0)
                continue;
            left[set.Name] -= count;
            most -= count;
        }
    }
}
