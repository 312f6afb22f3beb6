namespace DifyUpgrade.Reports.Page;

/// <summary>
/// <c>index.html</c>: the report for people, in one file that needs neither network nor scripts. Pure.
/// </summary>
internal static class ReportPage
{
    private static readonly Html Style = new(EmbeddedFile.Read("DifyUpgrade.Reports.report.css"));

    /// <summary>Makes the page.</summary>
    /// <param name="report">The report, redacted.</param>
    /// <returns>The HTML.</returns>
    public static string Of(RunReport report) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{ReportText.Title(report)}: {report.Release.Name}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        {SummarySection.Of(report)}
        <main>
        {FindingSection.Of(report)}
        {RecoverySection.Of(report)}
        {report.Rollouts.Select(RolloutSection.Of)}
        {EvidenceSection.Of(report.EvidenceBeforeRollback, "evidence-before", "Evidence before the rollback")}
        {EvidenceSection.Of(report.Evidence, "evidence", "Evidence")}
        {ChangeSection.Of(report.Changes)}
        {StageSection.Of(report)}
        </main>
        <footer>Times are UTC, of the machine that ran this. The same as data: <a href="report.json">report.json</a> (<a href="report.schema.json">schema</a>), <a href="junit.xml">junit.xml</a>, <a href="summary.md">summary.md</a>.</footer>
        </body>
        </html>

        """).ToString();
}
