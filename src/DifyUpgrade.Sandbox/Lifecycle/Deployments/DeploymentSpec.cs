using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Lifecycle.Deployments;

/// <summary>What a Deployment asks for.</summary>
internal sealed record DeploymentSpec
{
    /// <summary>How many pods it wants.</summary>
    public required int Replicas { get; init; }

    /// <summary>How many more there may be during a rollout.</summary>
    public required int MaxSurge { get; init; }

    /// <summary>How many fewer may be available during a rollout.</summary>
    public required int MaxUnavailable { get; init; }

    /// <summary>How long a pod must stay ready to count as available.</summary>
    public required int MinReadySeconds { get; init; }

    /// <summary>How long a rollout may stand still; null for ever.</summary>
    public required long? ProgressDeadlineSeconds { get; init; }

    /// <summary>How many old ReplicaSets are kept; null for all.</summary>
    public required long? RevisionHistoryLimit { get; init; }

    /// <summary>Whether all old pods go before new ones come.</summary>
    public required bool IsRecreate { get; init; }

    /// <summary>Whether its rollout is put on hold.</summary>
    public required bool IsPaused { get; init; }

    /// <summary>How many pods there may be at once.</summary>
    public int MaxTotal => Replicas + MaxSurge;

    /// <summary>Reads it.</summary>
    public static DeploymentSpec Of(JsonObject body)
    {
        var spec = body.At("spec");
        var replicas = (int)(spec.Number("replicas") ?? 1);
        var isRecreate = spec.Text("strategy", "type") == "Recreate";
        var surge = isRecreate ? 0 : ScaledValue.Of(spec.At("strategy", "rollingUpdate", "maxSurge") ?? "25%", replicas, roundUp: true);
        var unavailable = isRecreate ? 0 : ScaledValue.Of(spec.At("strategy", "rollingUpdate", "maxUnavailable") ?? "25%", replicas, roundUp: false);

        // Rounding must not leave a rollout without a way to move.
        if (!isRecreate && surge == 0 && unavailable == 0)
            unavailable = 1;
        return new DeploymentSpec
        {
            Replicas = replicas,
            MaxSurge = surge,
            MaxUnavailable = Math.Min(unavailable, replicas),
            MinReadySeconds = (int)(spec.Number("minReadySeconds") ?? 0),
            ProgressDeadlineSeconds = Limited(spec.Number("progressDeadlineSeconds") ?? 600),
            RevisionHistoryLimit = Limited(spec.Number("revisionHistoryLimit") ?? 10),
            IsRecreate = isRecreate,
            IsPaused = spec.Flag("paused"),
        };
    }

    // The greatest int stands for none.
    private static long? Limited(long value) => value == int.MaxValue ? null : value;
}
