using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>
/// Judges a workload from its state alone, in kubectl's order. Helm's own --wait asks less: it is satisfied while old
/// pods still serve.
/// </summary>
internal static class RolloutVerdicts
{
    /// <summary>Judges one workload.</summary>
    /// <param name="state">Its state.</param>
    /// <returns>The verdict.</returns>
    public static RolloutVerdict Of(WorkloadState state)
    {
        if (state.ObservedGeneration < state.Generation)
            return Progressing("the controller has not seen the change yet");
        return state.Reference.Kind switch
        {
            WorkloadKind.Deployment => OfDeployment(state),
            WorkloadKind.StatefulSet => OfStatefulSet(state),
            _ => OfDaemonSet(state),
        };
    }

    private static RolloutVerdict OfDeployment(WorkloadState state) => state switch
    {
        { ProgressDeadlineExceeded: true } => Failed("progress deadline exceeded: " + state.ProgressMessage),
        _ when state.Updated < state.Desired => Waiting(state, $"{state.Updated} of {state.Desired} pods are new"),
        _ when state.Total > state.Updated => Waiting(state, $"{state.Total - state.Updated} old pods have not ended yet"),
        _ when state.Available < state.Updated => Progressing($"{state.Available} of {state.Updated} new pods are available"),
        _ => Complete(state),
    };

    private static RolloutVerdict OfStatefulSet(WorkloadState state)
    {
        if (WaitsForHands(state))
            return OnDelete(state);
        var wanted = Math.Max(0, state.Desired - (state.Partition ?? 0));
        if (state.Updated < wanted)
            return Progressing($"{state.Updated} of {wanted} pods are new");
        if (state.Ready < state.Desired)
            return Progressing($"{state.Ready} of {state.Desired} pods are ready");
        if (state.Total > state.Desired)
            return Progressing($"{state.Total - state.Desired} surplus pods have not ended yet");
        return wanted == state.Desired
            ? Complete(state)
            : new RolloutVerdict(RolloutPhase.Complete, $"{wanted} of {state.Desired} pods are new and all are ready; its partition {state.Partition} keeps the others as they were");
    }

    private static RolloutVerdict OfDaemonSet(WorkloadState state) => state switch
    {
        _ when WaitsForHands(state) => OnDelete(state),
        _ when state.Updated < state.Desired => Progressing($"{state.Updated} of {state.Desired} pods are new"),
        _ when state.Available < state.Desired => Progressing($"{state.Available} of {state.Desired} pods are available"),
        _ => Complete(state),
    };

    // Without old pods there is nothing to delete: a new workload, or one that the upgrade left alone.
    private static bool WaitsForHands(WorkloadState state) => state.UpdateStrategy == "OnDelete" && state.Total > state.Updated;

    private static RolloutVerdict OnDelete(WorkloadState state) =>
        Failed($"its update strategy is OnDelete: its {state.Total - state.Updated} old pods only change when they are deleted by hand");

    private static RolloutVerdict Waiting(WorkloadState state, string reason) => state.Paused
        ? Failed($"it is paused with {reason}: kubectl rollout resume {state.Reference} -n {state.Reference.Namespace}")
        : Progressing(reason);

    private static RolloutVerdict Progressing(string reason) => new(RolloutPhase.Progressing, reason);

    private static RolloutVerdict Failed(string reason) => new(RolloutPhase.Failed, reason);

    private static RolloutVerdict Complete(WorkloadState state) => new(RolloutPhase.Complete, $"all {state.Desired} pods are new and available");
}
