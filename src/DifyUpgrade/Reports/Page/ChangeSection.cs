using DifyUpgrade.Releases;

namespace DifyUpgrade.Reports.Page;

/// <summary>What the run changes, object by object. Pure.</summary>
internal static class ChangeSection
{
    // A page is to be read: of an object that is longer than this, the dry run shows the rest.
    private const int MostLines = 400;
    private const int MostObjects = 200;

    /// <summary>Makes it.</summary>
    /// <param name="changes">The changes.</param>
    /// <returns>The HTML; none when there was no dry run.</returns>
    public static Html Of(IReadOnlyList<ObjectChange> changes)
    {
        if (changes.Count == 0)
            return Html.None;
        List<ObjectChange> differing = [.. changes.Where(change => change.Kind != ObjectChangeKind.Unchanged)];
        return Html.Of($"""
            <section id="changes">
            <h2>Changes <span class="dim">live against predicted, without secrets; {ReportText.Count(changes.Count - differing.Count, "object")} unchanged</span></h2>
            {differing.Take(MostObjects).Select(Of)}
            {(differing.Count > MostObjects ? Html.Of($"""<p class="dim">and {differing.Count - MostObjects} more objects</p>""") : Html.None)}
            </section>
            """);
    }

    private static Html Of(ObjectChange change) => Html.Of($"""
        <details class="change"{(change.Kind == ObjectChangeKind.Changed ? new Html(" open") : Html.None)}>
        <summary><span class="badge {Mood(change.Kind)}">{change.Kind.ToString().ToLowerInvariant()}</span> {change.Identity} <span class="count"><ins>+{Count(change, '+')}</ins> <del>−{Count(change, '-')}</del></span></summary>
        <pre>{change.Lines.Take(MostLines).Select(Line)}{(change.Lines.Count > MostLines ? Html.Of($"<span>… {change.Lines.Count - MostLines} more lines: ./build.sh DryRun</span>") : Html.None)}</pre>
        </details>
        """);

    private static Html Line(string line) => line switch
    {
        ['+', ..] => Html.Of($"<ins>{line}\n</ins>"),
        ['-', ..] => Html.Of($"<del>{line}\n</del>"),
        _ => Html.Of($"<span>{line}\n</span>"),
    };

    private static int Count(ObjectChange change, char sign) => change.Lines.Count(line => line.StartsWith(sign));

    private static string Mood(ObjectChangeKind kind) => kind switch { ObjectChangeKind.Created => "good", ObjectChangeKind.Deleted => "bad", _ => "warn" };
}
