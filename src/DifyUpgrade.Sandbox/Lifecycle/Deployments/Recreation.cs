namespace DifyUpgrade.Sandbox.Lifecycle.Deployments;

/// <summary>Ends all old pods before the first new one is made.</summary>
/// <param name="rollout">The Deployment.</param>
internal sealed class Recreation(DeploymentRollout rollout)
{
    /// <summary>Makes one step.</summary>
    public void Step()
    {
        var keeping = new RevisionKeeping(rollout);
        keeping.Note();
        var isScaled = false;
        foreach (var set in rollout.Group.Old.Where(set => set.Replicas() > 0))
            isScaled |= rollout.Scale(set, 0);
        if (isScaled || OldPodsRun())
            return;
        rollout.Scale(keeping.Ensure(), rollout.Spec.Replicas);
    }

    private bool OldPodsRun() =>
        rollout.Group.Old.Any(set => set.Counted("replicas") > 0 || rollout.Plane.Index.Controlled(ResourceTypes.Pods, set).Any(pod => !PodFacts.Of(pod).HasEnded));
}
