using DifyUpgrade.Reporting;
using DifyUpgrade.Reports.Page;

namespace DifyUpgrade.Reports;

/// <summary>The report's files in <c>artifacts/report/</c>, or beside it while another run has that.</summary>
/// <param name="artifacts">The run's folders.</param>
internal sealed class ReportFolder(ArtifactFolders artifacts)
{
    private const string SummaryFile = "summary.md";
    private const long MostOfStepSummary = 1024 * 1024;

    /// <summary>The page, absolute.</summary>
    public string Page => Path.Combine(artifacts.Report, "index.html");

    /// <summary>Takes a folder of the run's own, and what an earlier run left there away.</summary>
    /// <returns>Whether another run is at work, and has the usual folder.</returns>
    public bool Begin()
    {
        var isBesideAnother = artifacts.Take();
        if (Directory.Exists(artifacts.Report))
            Directory.Delete(artifacts.Report, recursive: true);
        return isBesideAnother;
    }

    /// <summary>Writes a report in all its forms, each whole or not at all.</summary>
    /// <param name="report">The report, redacted.</param>
    public void Write(RunReport report)
    {
        Directory.CreateDirectory(artifacts.Report);
        Write("report.json", ReportJson.Write(report) + "\n");
        Write(ReportJson.SchemaFile, ReportJson.PublishedSchema);
        Write("junit.xml", JunitReport.Of(report));
        Write(SummaryFile, MarkdownSummary.Of(report));
        Write("index.html", ReportPage.Of(report));
    }

    /// <summary>Appends the summary to GitHub's step summary, unless that would then be more than GitHub takes of it.</summary>
    /// <param name="file">The step summary's file.</param>
    public void AppendSummary(string file)
    {
        var summary = Path.Combine(artifacts.Report, SummaryFile);
        var there = File.Exists(file) ? new FileInfo(file).Length : 0;
        if (there + new FileInfo(summary).Length <= MostOfStepSummary)
            File.AppendAllText(file, File.ReadAllText(summary));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(artifacts.Report, name);
        File.WriteAllText(path + ".part", text);
        File.Move(path + ".part", path, overwrite: true);
    }
}
