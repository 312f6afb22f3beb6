using DifyUpgrade.Cluster;
using DifyUpgrade.Helm;

namespace DifyUpgrade.Releases;

/// <summary>Says in one line what state a release is in: the last line of a run that was interrupted.</summary>
/// <param name="access">The release.</param>
internal sealed class LastWord(ReleaseAccess access)
{
    // Whoever interrupts does not want to wait for a cluster that does not answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Reads the history and says what it means.</summary>
    /// <returns>One line.</returns>
    public async Task<string> SayAsync()
    {
        using var patience = new CancellationTokenSource(Patience, access.Time);
        try
        {
            return $"Release {access.Parameters.Release} {Of(await access.Helm.HistoryAsync(access.Parameters.Release, access.Namespace, patience.Token) ?? [], access.Changes.Begun)}";
        }
        catch (Exception failure) when (failure is HelmException or ClusterException or OperationCanceledException)
        {
            return $"The state of release {access.Parameters.Release} could not be read, see: ./build.sh Status";
        }
    }

    /// <summary>What a history means to the one who interrupted.</summary>
    /// <param name="history">The revisions, oldest first.</param>
    /// <param name="changed">Whether the run had begun to change anything.</param>
    /// <returns>The rest of a sentence about the release.</returns>
    internal static string Of(IReadOnlyList<HelmRevision> history, bool changed)
    {
        if (history is not [.., var newest])
            return "does not exist; nothing was installed";
        var good = history.LastOrDefault(revision => revision.IsGood && revision.Revision < newest.Revision);
        var last = good is null ? "no revision before it was good" : $"revision {good.Revision} was the last good one";
        var state = $"is at revision {newest.Revision}, {newest.Status}";
        return newest switch
        {
            { IsPending: true } => $"{state}: helm could not end it, and {last}; mend it: ./build.sh Repair, or: ./build.sh Upgrade --repair",
            { IsGood: true } when !changed => $"{state}; this run had changed nothing",
            { IsGood: true } => $"{state}; what this run had begun is completed by running it again, or undone: ./build.sh Rollback",
            _ => $"{state} ({newest.Description}), and {last}; run it again{(good is null ? "" : ", or go back: ./build.sh Rollback")}",
        };
    }
}
