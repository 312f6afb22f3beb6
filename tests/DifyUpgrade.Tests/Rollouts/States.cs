using DifyUpgrade.Cluster;

namespace DifyUpgrade.Tests.Rollouts;

/// <summary>Workloads, ReplicaSets and pods as the cluster would show them.</summary>
internal static class States
{
    public static readonly WorkloadReference Api = new(WorkloadKind.Deployment, "dify", "dify-api");

    public static WorkloadState Deployment(int replicas = 2, string? maxUnavailable = "0", string? maxSurge = "1") => new()
    {
        Reference = Api,
        Uid = "deployment",
        Generation = 1,
        ObservedGeneration = 1,
        Desired = replicas,
        Updated = replicas,
        Total = replicas,
        Ready = replicas,
        Available = replicas,
        UpdateStrategy = "RollingUpdate",
        MaxUnavailable = maxUnavailable,
        MaxSurge = maxSurge,
        Revision = "1",
        Selector = "component=api",
    };

    public static Change<ReplicaSetState> ReplicaSet(int revision) => new(
        ChangeKind.Listed,
        new ReplicaSetState { Name = $"dify-api-{revision}", Uid = $"set-{revision}", OwnerUid = "deployment", Revision = revision, Desired = 2, Replicas = 2, Ready = 2 });

    public static PodState Pod(string name, int revision = 1, bool ready = true, ContainerState? container = null) => new()
    {
        Namespace = "dify",
        Name = name,
        Uid = name,
        OwnerKind = "ReplicaSet",
        OwnerName = $"dify-api-{revision}",
        OwnerUid = $"set-{revision}",
        Node = "node",
        Phase = "Running",
        Ready = ready,
        Terminating = false,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Labels = new Dictionary<string, string>(),
        Containers = [container ?? Running(ready)],
    };

    public static ContainerState Running(bool ready, int restarts = 0) =>
        new() { Name = "api", Init = false, Image = "langgenius/dify-api:1.12.1", Ready = ready, Restarts = restarts, State = ContainerPhase.Running };

    public static ContainerState Waiting(string reason, string? message = null, ContainerTermination? last = null, int restarts = 0) =>
        Running(false, restarts) with { State = ContainerPhase.Waiting, Reason = reason, Message = message, LastTermination = last };

    public static ContainerState Ended(int exitCode, int restarts = 0, string? reason = "Error") =>
        Running(false, restarts) with { State = ContainerPhase.Terminated, Reason = reason, ExitCode = exitCode };

    public static ClusterEvent Event(string reason, string pod, string message) => new()
    {
        Time = DateTimeOffset.UnixEpoch,
        Type = "Warning",
        Reason = reason,
        Object = $"pod/{pod}",
        ObjectUid = pod,
        Message = message,
        Count = 1,
    };

    public static Change<PodState> Listed(this PodState pod) => new(ChangeKind.Listed, pod);

    public static Change<PodState> Added(this PodState pod) => new(ChangeKind.Added, pod);

    public static Change<PodState> Modified(this PodState pod) => new(ChangeKind.Modified, pod);

    public static Change<PodState> Deleted(this PodState pod) => new(ChangeKind.Deleted, pod);
}
