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
        var findings = report.Findings.Where(finding => !report.Causes.Any(cause => cause.Seen == finding.Seen)).ToLookup(finding => finding.Severity == Severity.Error);
        List<Finding> errors = [.. findings[true]];
        List<Finding> warnings = [.. findings[false]];
        if (report.Causes.Count + errors.Count + warnings.Count == 0)
            return Html.None;
        var hasFailed = report.Causes.Count + errors.Count > 0;
        return Html.Of($"""
            <section id="findings">
            <h2>{(!hasFailed ? "Findings" : report.Outcome == RunOutcome.Failed ? "Why it failed" : "What stood in the way")}</h2>
            {report.Causes.Select(cause => Card(cause.ToFinding(), "cause", cause.Name))}
            {errors.Take(Shown).Select(finding => Card(finding, "error", ""))}
            {More(errors.Skip(Shown), "more", "error")}
            {(hasFailed ? [] : warnings.Take(Shown).Select(finding => Card(finding, "warning", "")))}
            {More(hasFailed ? warnings : warnings.Skip(Shown), hasFailed ? "warnings on the way" : "more", "warning")}
            </section>
            """);
    }

    private static Html More(IEnumerable<Finding> findings, string what, string kind)
    {
        List<Html> cards = [.. findings.Select(finding => Card(finding, kind, ""))];
        return cards.Count == 0 ? Html.None : Html.Of($"""
            <details><summary>{cards.Count} {what}</summary>
            {cards}
            </details>
            """);
    }

    private static Html Card(Finding finding, string kind, string name) => Html.Of($"""
        <article class="finding {kind}">
        <h3>{(name.Length > 0 ? Html.Of($"""<span class="badge">{name}</span> """) : Html.None)}{finding.Seen}</h3>
        {Line("where", finding.Where)}{Line("next", finding.Remedy)}
        </article>
        """);

    private static Html Line(string title, string text) => text.Length == 0 ? Html.None : Html.Of($"""<div class="line"><span>{title}</span><code>{text}</code></div>""");
}
