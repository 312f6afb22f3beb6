using System.Globalization;
using DifyUpgrade.Cluster;

namespace DifyUpgrade.Rollouts;

/// <summary>How many ready pods a workload's own settings promise during a rollout; pure.</summary>
internal static class AvailabilityPromise
{
    private const int Percent = 100;

    /// <summary>Computes the promise.</summary>
    /// <param name="state">The workload.</param>
    /// <param name="before">How many pods it had to have before; a change of the number is no dip.</param>
    /// <returns>Replicas less maxUnavailable.</returns>
    public static int Of(WorkloadState state, int before)
    {
        var wanted = Math.Min(state.Desired, before);
        return state switch
        {
            { UpdateStrategy: "Recreate" } => 0,
            { UpdateStrategy: "OnDelete" } => wanted,
            { Reference.Kind: WorkloadKind.Deployment } => Math.Max(0, wanted - OfDeployment(state)),

            // Before maxUnavailable could be set, both kinds replaced one pod after the other; it still is the default.
            _ => Math.Max(0, wanted - (Number(state.MaxUnavailable, state.Desired, roundUp: true) ?? 1)),
        };
    }

    private static int OfDeployment(WorkloadState state)
    {
        var unavailable = Number(state.MaxUnavailable, state.Desired, roundUp: false) ?? 0;

        // The controller does the same, for otherwise nothing could ever move.
        return unavailable == 0 && Number(state.MaxSurge, state.Desired, roundUp: true) is 0 ? 1 : unavailable;
    }

    private static int? Number(string? text, int of, bool roundUp)
    {
        if (text is null)
            return null;
        if (!text.EndsWith('%'))
            return int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (!int.TryParse(text[..^1], CultureInfo.InvariantCulture, out var percent))
            return null;
        return ((of * percent) + (roundUp ? Percent - 1 : 0)) / Percent;
    }
}
