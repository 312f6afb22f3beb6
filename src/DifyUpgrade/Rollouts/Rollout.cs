namespace DifyUpgrade.Rollouts;

/// <summary>Makes a change and follows it to the true end of every rollout it starts; anything less is a failure.</summary>
/// <param name="access">The release; its journal receives the record of every rollout, however it ends.</param>
internal sealed class Rollout(ReleaseAccess access)
{
    /// <summary>Makes a change and waits.</summary>
    /// <param name="request">The change, and the workloads that must be rolled out in the end.</param>
    /// <param name="cancellation">Interrupts both.</param>
    /// <returns>What was seen, when all are rolled out.</returns>
    /// <exception cref="DeploymentException">They are not; it names what keeps them.</exception>
    public async Task<RolloutRecord> FollowAsync(RolloutRequest request, CancellationToken cancellation)
    {
        var record = await WatchAsync(request, cancellation);
        access.Journal.Add(record);
        cancellation.ThrowIfCancellationRequested();
        if (RolloutFindings.Of(record, access.Parameters) is { Count: > 0 } findings)
            throw new DeploymentException(ExitCode.DeploymentFailed, findings);

        if (record.HelmSaid is { } said)
            access.Log.Warning("helm failed, though every workload is rolled out: {Said:l}", said);
        foreach (var line in AvailabilityLines.Of(record))
            access.Log.Information("{Line:l}", line);
        return record;
    }

    private async Task<RolloutRecord> WatchAsync(RolloutRequest request, CancellationToken cancellation)
    {
        if (access.Parameters.ProbeUrl is not { } url)
            return await new RolloutWatch(access, request).FollowAsync(cancellation);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var probe = new UrlProbe(url, access.Redactor, access.Time);
        var probing = probe.RunAsync(stop.Token);
        try
        {
            var record = await new RolloutWatch(access, request).FollowAsync(cancellation);
            return record with { Probe = probe.ToRecord() };
        }
        finally
        {
            await stop.CancelAsync();
            await probing;
        }
    }
}
