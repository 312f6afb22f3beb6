using DifyUpgrade.Helm;

namespace DifyUpgrade.Releases.Repairs;

/// <summary>Whether somebody is still at work on a pending revision.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="IsAbandoned">Whether nobody can be any more.</param>
/// <param name="Why">Why that is said; names who is at work, where one is.</param>
internal sealed record PendingVerdict(HelmRevision Revision, bool IsAbandoned, string Why);
