using DifyUpgrade.Helm;

namespace DifyUpgrade.Releases;

/// <summary>The revision a rollback goes to, and why it is that one.</summary>
/// <param name="Target">The revision.</param>
/// <param name="Reason">Why, for the person who reads along.</param>
internal sealed record RollbackChoice(HelmRevision Target, string Reason)
{
    /// <summary>
    /// Chooses. Helm by itself takes current − 1 even if that one failed, so the choice is made here and helm is told.
    /// </summary>
    /// <param name="history">All revisions, oldest first.</param>
    /// <param name="wanted">The revision asked for; null takes the newest good one before the current.</param>
    /// <returns>The choice.</returns>
    /// <exception cref="DeploymentException">There is no such revision, or none to go back to.</exception>
    public static RollbackChoice Of(IReadOnlyList<HelmRevision> history, int? wanted)
    {
        var current = history[^1];
        if (wanted is { } number)
            return Wanted(history, number, current);

        var target = history.LastOrDefault(revision => revision.IsGood && revision.Revision < current.Revision)
            ?? throw Refuse(
                $"No revision before {current.Revision} was ever deployed",
                history,
                "Upgrade instead: ./build.sh Upgrade");
        return new RollbackChoice(target, $"the newest good revision before the current {current.Revision} ({current.Status})");
    }

    private static RollbackChoice Wanted(IReadOnlyList<HelmRevision> history, int number, HelmRevision current)
    {
        var target = history.FirstOrDefault(revision => revision.Revision == number)
            ?? throw Refuse($"Revision {number} does not exist", history, "Pick one of these: ./build.sh Rollback --revision N");
        if (!target.IsGood)
            throw Refuse($"Revision {number} was never deployed: it is {target.Status}{(target.Status is "superseded" ? ", but failed before" : "")}", history, "Pick a deployed or superseded one: ./build.sh Rollback --revision N");
        return new RollbackChoice(target, number == current.Revision ? "asked for with --revision; it is the current one" : "asked for with --revision");
    }

    private static DeploymentException Refuse(string seen, IReadOnlyList<HelmRevision> history, string remedy) => new(
        ExitCode.NothingChanged,
        Finding.Error(seen, "history: " + string.Join(", ", history.Select(revision => $"{revision.Revision} {revision.Status}")), remedy));
}
