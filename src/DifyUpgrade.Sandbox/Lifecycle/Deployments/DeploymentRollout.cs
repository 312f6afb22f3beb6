using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Deployments;

/// <summary>A Deployment while it is reconciled: as it was seen, with what was written since.</summary>
/// <param name="plane">Where it is written.</param>
/// <param name="deployment">The Deployment.</param>
/// <param name="group">Its ReplicaSets.</param>
internal sealed class DeploymentRollout(ControlPlane plane, StoredObject deployment, ReplicaSetGroup group)
{
    private readonly EventSource _events = plane.Events.As("deployment-controller");

    /// <summary>Where it is written.</summary>
    public ControlPlane Plane { get; } = plane;

    /// <summary>The Deployment.</summary>
    public StoredObject Deployment { get; set; } = deployment;

    /// <summary>What it asks for.</summary>
    public DeploymentSpec Spec { get; } = DeploymentSpec.Of(deployment.Body);

    /// <summary>Its ReplicaSets.</summary>
    public ReplicaSetGroup Group { get; set; } = group;

    /// <summary>Gives a ReplicaSet another number of pods.</summary>
    /// <returns>Whether it had another number.</returns>
    public bool Scale(StoredObject set, int count)
    {
        var before = set.Replicas();
        if (before == count && Revisions.DesiredReplicas(set) == Spec.Replicas && Revisions.MaxReplicas(set) == Spec.MaxTotal)
            return false;
        Plane.ChangeSpec(set, body =>
        {
            body.Child("spec")["replicas"] = count;
            Revisions.NoteReplicas(body, Spec);
        });
        if (before == count)
            return false;
        Say($"Scaled {(count > before ? "up" : "down")} replica set {set.Name} from {before} to {count}");
        return true;
    }

    /// <summary>Records that something was scaled.</summary>
    public void Say(string message) => _events.Normal(Deployment, "ScalingReplicaSet", message);

    /// <summary>Records that something failed.</summary>
    public void Warn(string reason, string message) => _events.Warning(Deployment, reason, message);

    /// <summary>How many pods the new ReplicaSet may have now.</summary>
    /// <param name="current">How many it has.</param>
    public int NewReplicas(int current)
    {
        if (Spec.IsRecreate)
            return Spec.Replicas;
        var room = Spec.MaxTotal - Group.Replicas;
        return room <= 0 ? current : current + Math.Min(room, Spec.Replicas - current);
    }
}
