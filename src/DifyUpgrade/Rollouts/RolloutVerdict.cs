namespace DifyUpgrade.Rollouts;

/// <summary>How far a rollout is.</summary>
internal enum RolloutPhase
{
    /// <summary>Not there yet; it may still get there.</summary>
    Progressing,

    /// <summary>Every pod is new and available, and no old one is left.</summary>
    Complete,

    /// <summary>It will not get there by itself.</summary>
    Failed,
}

/// <summary>How far one workload's rollout is, and why that is said.</summary>
/// <param name="Phase">How far.</param>
/// <param name="Reason">Why, in a few words with numbers.</param>
internal sealed record RolloutVerdict(RolloutPhase Phase, string Reason);
