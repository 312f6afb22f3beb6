namespace DifyUpgrade.Reports.Page;

/// <summary>The stages of the run against its time. Pure.</summary>
internal static class StageSection
{
    /// <summary>Makes it.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The HTML.</returns>
    public static Html Of(RunReport report)
    {
        var axis = new TimeAxis(report.From, report.To);
        return Html.Of($"""
            <section id="stages">
            <h2>Stages</h2>
            <div class="chart">
            {report.Stages.Select(stage => Row(stage, axis))}
            <div class="name"></div>{axis.Labels()}
            </div>
            </section>
            """);
    }

    private static Html Row(StageRecord stage, TimeAxis axis) => Html.Of($"""
        <div class="name">{stage.Target}</div>
        <div class="stage"><i class="{stage.Outcome.ToString().ToLowerInvariant()}" style="left:{axis.At(stage.From):0.00}%;width:{axis.Width(stage.From, stage.To):0.00}%"></i><span style="left:{axis.At(stage.To):0.00}%">{ReportText.Duration(stage.To - stage.From)}</span></div>
        """);
}
