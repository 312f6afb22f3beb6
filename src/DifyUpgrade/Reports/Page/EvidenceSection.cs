using DifyUpgrade.Mounts;

namespace DifyUpgrade.Reports.Page;

/// <summary>What reading the mounted files back showed; what is not proven stands first. Pure.</summary>
internal static class EvidenceSection
{
    private const int Shown = 50;

    /// <summary>Makes it.</summary>
    /// <param name="evidence">The rows.</param>
    /// <param name="id">The section's id.</param>
    /// <param name="title">What the section is called.</param>
    /// <returns>The HTML; none when nothing was read.</returns>
    public static Html Of(IReadOnlyList<MountEvidence> evidence, string id, string title)
    {
        if (evidence.Count == 0)
            return Html.None;
        List<MountEvidence> rows = [.. evidence.OrderBy(row => Order(row.Verdict))];
        return Html.Of($"""
            <section id="{id}">
            <h2>{title} <span class="dim">SHA-256 of what each container shows, against the source</span></h2>
            {Table(rows.Take(Shown))}
            {(rows.Count > Shown ? Html.Of($"""<details><summary>{rows.Count - Shown} more rows</summary>{Table(rows.Skip(Shown))}</details>""") : Html.None)}
            </section>
            """);
    }

    private static Html Table(IEnumerable<MountEvidence> rows) => Html.Of($"""
        <div class="scroll"><table>
        <thead><tr><th>Pod</th><th>Container</th><th>Path</th><th>Expected</th><th>Seen</th><th>Read-only</th><th>Verdict</th></tr></thead>
        <tbody>{rows.Select(Row)}</tbody>
        </table></div>
        """);

    private static Html Row(MountEvidence row) => Html.Of($"""
        <tr><td>{(row.Pod.Length > 0 ? row.Pod : row.Mount.Workload.ToString())}</td><td>{row.Mount.Container}</td><td><code>{row.Mount.Path}</code></td><td>{Hash(row.ExpectedSha256)}</td><td>{Hash(row.SeenSha256)}</td><td>{ReportText.YesNo(row.ReadOnly)}</td><td><span class="badge {Mood(row.Verdict)}">{ReportText.Of(row.Verdict)}</span>{(row.Reason.Length > 0 ? $" {row.Reason}" : "")}</td></tr>
        """);

    private static Html Hash(string? hash) => hash is { Length: > ReportText.ShortHash }
        ? Html.Of($"""<code title="{hash}">{hash[..ReportText.ShortHash]}…</code>""")
        : Html.Of($"?");

    private static int Order(MountVerdict verdict) => verdict switch { MountVerdict.Refuted => 0, MountVerdict.NotChecked => 1, _ => 2 };

    private static string Mood(MountVerdict verdict) => verdict switch { MountVerdict.Proven => "good", MountVerdict.Refuted => "bad", _ => "warn" };
}
