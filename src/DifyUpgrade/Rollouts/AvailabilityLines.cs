namespace DifyUpgrade.Rollouts;

/// <summary>Says in a line each how available the workloads were; pure.</summary>
internal static class AvailabilityLines
{
    /// <summary>The lines of a rollout.</summary>
    /// <param name="record">The rollout.</param>
    /// <returns>A line for each workload that changed, and one for the probe.</returns>
    public static IEnumerable<string> Of(RolloutRecord record)
    {
        foreach (var workload in record.Workloads.Where(workload => workload.Availability.FewestReady is not null && HasMoved(workload, record)))
            yield return $"{workload.Workload}: {Of(workload.Availability)}";
        if (record.Probe is { } probe)
            yield return Of(probe);
    }

    /// <summary>An availability in words.</summary>
    /// <param name="availability">The numbers.</param>
    /// <returns>Such as <c>never fewer than 2 pods ready, 2 promised</c>.</returns>
    public static string Of(AvailabilityRecord availability) => availability.SecondsBelow > 0
        ? $"down to {availability.FewestReady} ready pods of {availability.Promised} promised, {availability.SecondsBelow:0.0} s below"
        : $"never fewer than {availability.FewestReady} ready pods, {availability.Promised} promised";

    /// <summary>A probe in words.</summary>
    /// <param name="probe">The numbers.</param>
    /// <returns>Such as <c>http://host/health: 40 requests, none failed</c>.</returns>
    public static string Of(ProbeRecord probe) => probe.Failures == 0
        ? $"{probe.Url}: {probe.Requests} requests, none failed"
        : $"{probe.Url}: {probe.Failures} of {probe.Requests} requests failed, out for {probe.LongestOutageSeconds:0.0} s at the longest; the first: {probe.FirstFailure}";

    private static bool HasMoved(WorkloadRecord workload, RolloutRecord record) =>
        record.Pods.Any(pod => pod.Workload == workload.Workload && (!pod.WasThere || pod.Gone is not null));
}
