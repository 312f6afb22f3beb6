using DifyUpgrade.Reports.Page;

namespace DifyUpgrade.Reports;

/// <summary>The report's files in <c>artifacts/report/</c>.</summary>
/// <param name="rootFolder">The repository root, absolute.</param>
internal sealed class ReportFolder(string rootFolder)
{
    private const string SummaryFile = "summary.md";
    private const long MostOfStepSummary = 1024 * 1024;

    private readonly string _path = Path.Combine(rootFolder, "artifacts", "report");

    /// <summary>The page, absolute.</summary>
    public string Page => Path.Combine(_path, "index.html");

    /// <summary>Takes what an earlier run left away.</summary>
    public void Clear()
    {
        if (Directory.Exists(_path))
            Directory.Delete(_path, recursive: true);
    }

    /// <summary>Writes a report in all its forms, each whole or not at all.</summary>
    /// <param name="report">The report, redacted.</param>
    public void Write(RunReport report)
    {
        Directory.CreateDirectory(_path);
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
        var summary = Path.Combine(_path, SummaryFile);
        var there = File.Exists(file) ? new FileInfo(file).Length : 0;
        if (there + new FileInfo(summary).Length <= MostOfStepSummary)
            File.AppendAllText(file, File.ReadAllText(summary));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_path, name);
        File.WriteAllText(path + ".part", text);
        File.Move(path + ".part", path, overwrite: true);
    }
}
