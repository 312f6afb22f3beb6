using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Deployments;

/// <summary>
/// Rolls Deployments out. The order of steps and the words are those of kubernetes/pkg/controller/deployment: one
/// reconcile scales up or down, not both, and then writes the status.
/// </summary>
internal sealed class DeploymentController(ControlPlane plane) : Controller(plane)
{
    private readonly Claiming _claiming = new(plane);

    /// <inheritdoc/>
    public override IReadOnlyList<ResourceType> Follows { get; } = [ResourceTypes.Deployments, ResourceTypes.ReplicaSets, ResourceTypes.Pods];

    /// <inheritdoc/>
    public override IEnumerable<ObjectName> ConcernedBy(StoreEvent change)
    {
        var item = change.Object;
        if (item.Type == ResourceTypes.Deployments)
            return [new ObjectName(item.Namespace, item.Name)];
        if (item.Type == ResourceTypes.Pods)
            return OwnerOfGone(change);
        if (OwnerReference.NameOf(ResourceTypes.Deployments, item) is { } owner)
            return [owner];
        return OwnerReference.Controller(item.Body) is null && change.Kind != StoreEventKind.Deleted
            ? Claiming.Adopters(Plane, ResourceTypes.Deployments, item)
            : [];
    }

    /// <inheritdoc/>
    public override TimeSpan? Reconcile(ObjectName name)
    {
        if (Plane.Index.Get(ResourceTypes.Deployments, name) is not { } deployment)
            return null;
        var rollout = new DeploymentRollout(Plane, deployment, ReplicaSetGroup.Of(deployment, _claiming.Claim(deployment, ResourceTypes.ReplicaSets)));
        var status = new DeploymentStatus(rollout);
        if (deployment.IsTerminating)
            return status.Write(isRollout: false);
        status.NotePause();
        var keeping = new RevisionKeeping(rollout);
        if (rollout.Spec.IsPaused || IsScaling(rollout))
        {
            keeping.Note();
            new ProportionalScaling(rollout).Scale();
            if (rollout.Spec.IsPaused)
                keeping.CleanUp();
            return status.Write(isRollout: false);
        }

        if (rollout.Spec.IsRecreate)
            new Recreation(rollout).Step();
        else
            new RollingUpdate(rollout).Step();
        if (DeploymentStatus.IsComplete(rollout.Deployment.Body, rollout.Spec))
            keeping.CleanUp();
        return status.Write(isRollout: true);
    }

    // A rollout of the kind that recreates goes on when the last old pod is gone; no ReplicaSet changes then.
    private IEnumerable<ObjectName> OwnerOfGone(StoreEvent change) =>
        change.Kind == StoreEventKind.Deleted
        && OwnerReference.NameOf(ResourceTypes.ReplicaSets, change.Object) is { } set
        && Plane.Index.Get(ResourceTypes.ReplicaSets, set) is { } owner
        && OwnerReference.NameOf(ResourceTypes.Deployments, owner) is { } deployment
            ? [deployment]
            : [];

    private static bool IsScaling(DeploymentRollout rollout) =>
        rollout.Group.Active.Any(set => Revisions.DesiredReplicas(set) is { } desired && desired != rollout.Spec.Replicas);
}
