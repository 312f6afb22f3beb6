namespace DifyUpgrade.Scenarios.Harness;

/// <summary>An event at which a run is killed.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Target">The target that is killed.</param>
/// <param name="Sees">A pattern of a line: of the run's own, or of kubectl's that watches.</param>
/// <param name="Watch">kubectl's arguments that watch; null for the run's own lines.</param>
internal sealed record KillPoint(string Name, string Target, string Sees, string[]? Watch = null)
{
    /// <summary>helm has stored the new revision of an upgrade and has not ended.</summary>
    public static KillPoint RevisionPending { get; } = new("revision pending", "Upgrade", "\"status\": \"pending-(upgrade|install)\"", ["get", "secrets", "-l", "owner=helm"]) { OnEveryCluster = true, LeaseExpires = true };

    /// <summary>Whether it is worth its time on a real cluster, too.</summary>
    public bool OnEveryCluster { get; init; }

    /// <summary>Whether the next run waits until the dead run's Lease has expired.</summary>
    public bool LeaseExpires { get; init; }
}
