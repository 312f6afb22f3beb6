namespace DifyUpgrade.Reports.Page;

/// <summary>What was found: first the causes that were recognised, then errors, then warnings. Pure.</summary>
internal static class FindingSection
{
    private const int Shown = 30;

    /// <summary>Makes it.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The HTML; none when there is nothing.</returns>
    public static Html Of(RunReport report)
    {
        // What the diagnosis found stands among the stage's findings, too.
        var findings = report.Findings.Where(finding => !report.Causes.Any(cause => cause.Seen == finding.Seen)).ToList();
        if (report.Causes.Count + findings.Count == 0)
            return Html.None;
        return Html.Of($"""
            <section id="findings">
            <h2>{(report.Causes.Count > 0 ? "Why it failed" : "Findings")}</h2>
            {report.Causes.Select(cause => Card(cause.ToFinding(), "cause", cause.Name))}
            {findings.Take(Shown).Select(finding => Card(finding, finding.Severity == Severity.Error ? "error" : "warning", ""))}
            {Rest([.. findings.Skip(Shown)])}
            </section>
            """);
    }

    private static Html Rest(List<Finding> findings) => findings.Count == 0 ? Html.None : Html.Of($"""
        <details><summary>{findings.Count} more</summary>
        {findings.Select(finding => Card(finding, finding.Severity == Severity.Error ? "error" : "warning", ""))}
        </details>
        """);

    private static Html Card(Finding finding, string kind, string name) => Html.Of($"""
        <article class="finding {kind}">
        <h3>{(name.Length > 0 ? Html.Of($"""<span class="badge">{name}</span> """) : Html.None)}{finding.Seen}</h3>
        {Line("where", finding.Where)}{Line("next", finding.Remedy)}
        </article>
        """);

    private static Html Line(string title, string text) => text.Length == 0 ? Html.None : Html.Of($"""<div class="line"><span>{title}</span><code>{text}</code></div>""");
}
