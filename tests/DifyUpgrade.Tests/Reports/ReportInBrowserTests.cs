using System.Text.Json;
using DifyUpgrade.Reporting;
using DifyUpgrade.Reports;
using Xunit;

namespace DifyUpgrade.Tests.Reports;

/// <summary>The page as a real browser lays it out. The pictures stay beside the tests, to be looked at.</summary>
public sealed class ReportInBrowserTests
{
    private const string Question = """
        JSON.stringify({
          background: getComputedStyle(document.body).backgroundColor,
          overflow: document.documentElement.scrollWidth - innerWidth,
          pods: document.querySelectorAll('svg g').length,
          unseen: [...document.querySelectorAll('svg g')].filter(pod => pod.getBoundingClientRect().width <= 0 || pod.getBoundingClientRect().height <= 0).length,
          ready: getComputedStyle(document.querySelector('svg g:not(.o) .r, svg g.o .r')).fill,
          dips: [...document.querySelectorAll('rect.dip')].filter(dip => dip.getBoundingClientRect().width > 0 && dip.getBoundingClientRect().height > 0).length,
          promises: document.querySelectorAll('line.promise').length,
          resources: performance.getEntriesByType('resource').length,
          title: document.querySelector('h1').textContent,
          text: document.body.innerText.length })
        """;

    [Theory]
    [InlineData(10, false)]
    [InlineData(10, true)]
    [InlineData(1000, false)]
    [InlineData(1000, true)]
    public async Task An_upgrade_is_drawn_with_every_pod_and_the_dip(int pods, bool dark)
    {
        var report = SampleReport.Upgrade(pods);
        var seen = await LookAsync(report, $"upgrade-{pods}-{(dark ? "dark" : "light")}", dark);
        Assert.Equal("Upgrade succeeded", seen.GetProperty("title").GetString());
        Assert.Equal(2 * pods, seen.GetProperty("pods").GetInt32());
        Assert.InRange(seen.GetProperty("dips").GetInt32(), 1, 10);
        Assert.True(seen.GetProperty("promises").GetInt32() >= 3, $"{seen}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failure_is_drawn_with_its_cause(bool dark)
    {
        var seen = await LookAsync(SampleReport.Failure(10), $"failure-{(dark ? "dark" : "light")}", dark);
        Assert.Equal("Upgrade failed", seen.GetProperty("title").GetString());
        Assert.Equal(0, seen.GetProperty("dips").GetInt32());
    }

    private static async Task<JsonElement> LookAsync(RunReport report, string name, bool dark)
    {
        Browser.Find();
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pages", name)).FullName;
        using var artifacts = new ArtifactFolders(folder);
        new ReportFolder(artifacts).Write(report);
        var page = new ReportFolder(artifacts).Page;
        var picture = Path.Combine(AppContext.BaseDirectory, "pages", name + ".png");
        await Browser.ShootAsync(page, picture, dark);
        Assert.True(new FileInfo(picture).Length > 20_000, $"nothing much to be seen in {picture}");

        using var answer = JsonDocument.Parse(await Browser.AskAsync(page, Question, dark));
        var seen = answer.RootElement.Clone();
        Assert.Equal(dark ? "rgb(16, 20, 27)" : "rgb(245, 246, 248)", seen.GetProperty("background").GetString());
        Assert.Equal(0, seen.GetProperty("overflow").GetInt32());
        Assert.Equal(0, seen.GetProperty("unseen").GetInt32());
        Assert.Equal(0, seen.GetProperty("resources").GetInt32());
        return seen;
    }
}
