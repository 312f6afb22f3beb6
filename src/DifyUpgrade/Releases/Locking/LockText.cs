using DifyUpgrade.Cluster;

namespace DifyUpgrade.Releases.Locking;

/// <summary>Says who holds a Lease.</summary>
internal static class LockText
{
    /// <summary>Such as <c>alice@laptop/4711-3f2a (Upgrade since 12:03:04Z, https://…/runs/5)</c>.</summary>
    /// <param name="lease">A Lease that somebody holds.</param>
    public static string HolderOf(LeaseState lease)
    {
        var target = lease.Annotations.GetValueOrDefault(LockHolder.TargetAnnotation, "work");
        var run = lease.Annotations.TryGetValue(LockHolder.CiRunAnnotation, out var address) ? ", " + address : "";
        return $"{lease.Holder} ({target} since {lease.AcquiredAt?.UtcDateTime:u}{run})";
    }
}
