using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace DifyUpgrade.Tests.Reports;

/// <summary>A real browser without a window: Debian's chromium, or another name of the same.</summary>
internal static class Browser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Its program; skips the calling test where there is none.</summary>
    public static string Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var found = Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, "no chromium: apt-get install chromium");
        return found!;
    }

    /// <summary>Loads a page and returns what a script found in it: the script's last expression is a string.</summary>
    public static async Task<string> AskAsync(string page, string script, bool dark)
    {
        // The page forbids scripts, so the question goes into a copy that does not.
        var asking = page + ".asking.html";
        var text = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        text = Regex.Replace(text, "<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "");
        await File.WriteAllTextAsync(asking, text + $"<script>addEventListener('load', () => {{ const answer = {script}; document.body.replaceChildren(); document.body.setAttribute('data-answer', answer); }})</script>", TestContext.Current.CancellationToken);
        var dom = await RunAsync(dark, "--dump-dom", new Uri(asking).AbsoluteUri);
        File.Delete(asking);
        var answer = Regex.Match(dom, "data-answer=\"([^\"]*)\"");
        Assert.True(answer.Success, "the page did not load: " + dom[..Math.Min(dom.Length, 2000)]);
        return WebUtility.HtmlDecode(answer.Groups[1].Value);
    }

    /// <summary>Takes a picture of a page.</summary>
    public static Task ShootAsync(string page, string picture, bool dark) => RunAsync(dark, $"--screenshot={picture}", new Uri(page).AbsoluteUri);

    private static async Task<string> RunAsync(bool dark, params string[] arguments)
    {
        var profile = Directory.CreateTempSubdirectory("dify-upgrade-browser-");
        try
        {
            var start = new ProcessStartInfo(Find()) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", $"--user-data-dir={profile.FullName}", "--window-size=1280,2400", $"--blink-settings=preferredColorScheme={(dark ? 0 : 1)}", .. arguments])
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"chromium ended with exit code {process.ExitCode}: {await errors}");
            return output;
        }
        finally
        {
            Delete(profile);
        }
    }

    // A process of the browser may still be writing its profile.
    private static void Delete(DirectoryInfo profile)
    {
        try
        {
            profile.Delete(recursive: true);
        }
        catch (IOException)
        {
        }
    }
}
