using DifyUpgrade.Cluster;
using Serilog;

namespace DifyUpgrade.Rollouts;

/// <summary>One line for each change of a pod that a person would notice.</summary>
/// <param name="log">Where to.</param>
internal sealed class PodLines(ILogger log)
{
    private readonly Dictionary<string, string> _last = new(StringComparer.Ordinal);

    /// <summary>Takes a change in; says it when it changes what the pod looks like.</summary>
    /// <param name="change">The change.</param>
    public void Take(Change<PodState> change)
    {
        var summary = change.Kind == ChangeKind.Deleted ? "gone" : PodSummary.Of(change.Item);
        var isNew = !_last.TryGetValue(change.Item.Uid, out var before);
        _last[change.Item.Uid] = summary;

        // What was there before the change is not news.
        if (summary == before || (isNew && change.Kind == ChangeKind.Listed))
            return;
        log.Information("  pod/{Pod:l} {Summary:l}", change.Item.Name, summary);
    }
}
