namespace DifyUpgrade.Reports.Page;

/// <summary>How the run mended what it found, or what it had begun itself: a repair, a rollback, or both. Pure.</summary>
internal static class RecoverySection
{
    /// <summary>Makes it.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The HTML; none when nothing was repaired or rolled back.</returns>
    public static Html Of(RunReport report) => report is { Repair: null, Rollback: null } ? Html.None : Html.Of($"""
        <section id="recovery">
        <h2>{ReportText.RecoveryTitle(report)}</h2>
        {ReportText.Recovery(report).Select(line => Html.Of($"<p>{line}</p>"))}
        </section>
        """);
}
