using Spectre.Console;

namespace DifyUpgrade.Rollouts;

/// <summary>
/// What the watches have brought as a tree: workload, revision, pod, with ready, restarts, age and reason. Pure.
/// </summary>
/// <param name="width">The terminal's columns.</param>
/// <param name="height">The terminal's lines.</param>
/// <param name="colour">Whether it shows colours.</param>
internal sealed class RolloutTree(int width, int height, bool colour)
{
    private const int SecondsOfMinute = 60;
    private const int MinutesShown = 120;

    // The prompt and a line of log stay in sight.
    private const int LinesLeft = 3;

    private static readonly Style Dim = new(Color.Grey);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Bad = new(Color.Red);
    private static readonly Style Busy = new(Color.Yellow);

    /// <summary>Draws it.</summary>
    /// <param name="view">What the watches have brought.</param>
    /// <param name="now">The moment.</param>
    /// <returns>Its lines, none wider than the terminal, and not more than it has.</returns>
    public IReadOnlyList<string> Draw(ReleaseView view, DateTimeOffset now)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        foreach (var _ in (string[])["name", "ready", "restarts", "age", "reason"])
            table.AddColumn(new TableColumn("") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        var pods = view.Pods.Where(pod => !pod.IsGone).ToLookup(pod => pod.Workload);
        var groups = view.Workloads.Sum(workload => 1 + pods[workload.Reference].Select(pod => PodRevision.Of(pod.State)).Distinct(StringComparer.Ordinal).Count());
        var most = Math.Max(1, (height - LinesLeft - groups) / Math.Max(1, groups - view.Workloads.Count()));
        foreach (var workload in view.Workloads)
            Add(table, workload, view, [.. pods[workload.Reference]], (most, now));
        return Lines(table);
    }

    private static void Add(Table table, WorkloadTimeline workload, ReleaseView view, List<PodTimeline> pods, (int Most, DateTimeOffset Now) limits)
    {
        var mood = workload.Verdict.Phase switch { RolloutPhase.Complete => Good, RolloutPhase.Failed => Bad, _ => Busy };
        Row(table, mood, $"{workload.Reference}", $"{pods.Count(pod => pod.Serves)}/{workload.State?.Desired ?? 0}", "", "", workload.Verdict.Reason);
        List<IGrouping<string, PodTimeline>> revisions = [.. pods.GroupBy(pod => PodRevision.Of(pod.State), StringComparer.Ordinal).OrderBy(group => view.IsNewest(group.First()))];
        foreach (var revision in revisions)
        {
            var isLast = revision == revisions[^1];
            var isNewest = view.IsNewest(revision.First());
            Row(table, isNewest ? Style.Plain : Dim, $"{(isLast ? "└─" : "├─")} {revision.Key}", $"{revision.Count(pod => pod.Serves)}/{revision.Count()}", "", "", isNewest ? "new" : "old");
            var stem = isLast ? "   " : "│  ";
            List<PodTimeline> ordered = [.. revision.OrderBy(pod => pod.Serves).ThenByDescending(pod => pod.Seen)];
            var shown = ordered.Count <= limits.Most ? ordered.Count : limits.Most - 1;
            foreach (var pod in ordered.Take(shown))
                Add(table, pod, $"{stem}{(pod == ordered[^1] ? "└─" : "├─")} ", isNewest, limits.Now);
            if (shown < ordered.Count)
                Row(table, Dim, $"{stem}└─ … {ordered.Count - shown} more", $"{ordered.Skip(shown).Count(pod => pod.Serves)}/{ordered.Count - shown}", "", "", "");
        }
    }

    private static void Add(Table table, PodTimeline pod, string stem, bool isNewest, DateTimeOffset now)
    {
        var restarts = pod.State.Containers.Sum(container => container.Restarts);
        var mood = pod.Serves ? isNewest ? Good : Dim : Obstacles.Of(pod.State, pod.VolumeTrouble) is null ? Busy : Bad;
        Row(table, mood, stem + pod.State.Name, pod.Serves ? "ready" : "–", restarts > 0 ? $"{restarts}×" : "", Age(now - pod.State.CreatedAt), PodSummary.Of(pod.State));
    }

    private static void Row(Table table, Style style, params string[] cells) =>
        table.AddRow(cells.Select(cell => new Text(cell.ReplaceLineEndings(" "), style) { Overflow = Overflow.Ellipsis }));

    private static string Age(TimeSpan age) => age.TotalSeconds < SecondsOfMinute ? $"{Math.Max(0, (int)age.TotalSeconds)}s" : age.TotalMinutes < MinutesShown ? $"{(int)age.TotalMinutes}m" : $"{(int)age.TotalHours}h";

    private List<string> Lines(Table table)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Math.Max(1, width - 1);
        console.Write(table);
        List<string> lines = [.. text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
        return lines.Count <= height - LinesLeft ? lines : [.. lines.Take(Math.Max(1, height - LinesLeft - 1)), "…"];
    }
}
