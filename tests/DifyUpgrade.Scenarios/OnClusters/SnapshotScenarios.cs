using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>What becomes of the kept prompts in the long run, and in other people's hands.</summary>
public abstract class SnapshotScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    [Fact]
    public async Task The_eleventh_content_drops_the_oldest_that_no_rollback_needs()
    {
        await InstallAsync();
        var first = PromptsSha256;
        await ChangePromptsAsync("second");
        (await BuildAsync("Upgrade", NewerTag, "--config-map-drift", "apply")).MustExitWith(0);
        for (var number = 3; number <= 10; number++)
            await KeepAsync(number, usedBy: 2);
        Assert.Equal(Enumerable.Range(1, 10), await NumbersAsync());

        await ChangePromptsAsync("eleventh");
        (await BuildAsync("RefreshPrompts", NewerTag)).MustExitWith(0);
        Assert.Equal([1, .. Enumerable.Range(3, 9)], await NumbersAsync());
        (await BuildAsync("Rollback", null)).MustExitWith(0).MustSay("Revision 1 was proven with prompts revision 1");
        await MustServeAsync("worker", first);
    }

    [Fact]
    public async Task Prompts_that_were_edited_after_they_were_kept_are_not_brought_back_unless_asked_for()
    {
        await InstallAsync();
        await ChangePromptsAsync("second");
        var second = PromptsSha256;
        (await BuildAsync("Upgrade", NewerTag, "--config-map-drift", "apply")).MustExitWith(0);
        await EditAsync(number: 1);
        var edited = PromptsSha256;

        (await BuildAsync("Rollback", null)).MustExitWith(0).MustSay("Prompts revision 1 belongs to revision 1, but was edited after it was kept, so the ConfigMap stays as it is", "./build.sh RefreshPrompts --prompts-revision 1");
        await MustServeAsync("worker", second);
        (await BuildAsync("Status", null)).MustExitWith(0).MustSay($"prompts.py {edited[..12]}… EDITED SINCE");
        (await BuildAsync("RefreshPrompts", null, "--prompts-revision", "1")).MustExitWith(0).MustSay("It was edited after it was kept");
        await MustServeAsync("worker", edited);
    }

    [Fact]
    public async Task Prompts_that_were_edited_stay_recognised_when_another_content_is_proven_for_their_revision()
    {
        await InstallAsync();
        await EditAsync(number: 1);
        await ChangePromptsAsync("second");
        (await BuildAsync("RefreshPrompts", OlderTag)).MustExitWith(0);
        (await BuildAsync("Status", null)).MustExitWith(0).MustSay("EDITED SINCE");
    }

    private Task ChangePromptsAsync(string what) => File.AppendAllTextAsync(Workspace.Prompts, $"\n# {what}\n", TestContext.Current.CancellationToken);

    private async Task EditAsync(int number)
    {
        await ChangePromptsAsync("edited");
        var text = await File.ReadAllTextAsync(Workspace.Prompts, TestContext.Current.CancellationToken);
        await AskAsync("patch", "configmap", $"dify-prompts.dify.p{number}", "--type=merge", "--patch", JsonSerializer.Serialize(new { data = new Dictionary<string, string> { ["prompts.py"] = text } }));
    }

    // As a refresh would have kept it.
    private async Task KeepAsync(int number, int usedBy)
    {
        var text = $"# {number}";
        var map = new
        {
            apiVersion = "v1",
            kind = "ConfigMap",
            metadata = new
            {
                name = $"dify-prompts.dify.p{number}",
                labels = new Dictionary<string, string> { ["dify-upgrade/release"] = "dify", ["dify-upgrade/prompts-of"] = "dify-prompts", ["dify-upgrade/prompts-revision"] = $"{number}" },
                annotations = new Dictionary<string, string> { ["dify-upgrade/sha256"] = Sha256($"{Sha256(text)}  prompts.py\n"), ["dify-upgrade/used-by-revisions"] = $"{usedBy}" },
            },
            data = new Dictionary<string, string> { ["prompts.py"] = text },
        };
        Workspace.Write("kept.json", JsonSerializer.Serialize(map));
        await AskAsync("create", "-f", Workspace.At("kept.json"));
    }

    private async Task<IEnumerable<int>> NumbersAsync()
    {
        var numbers = await AskAsync("get", "configmaps", "-l", "dify-upgrade/prompts-of=dify-prompts", "-o", "go-template={{range .items}}{{index .metadata.labels \"dify-upgrade/prompts-revision\"}} {{end}}");
        return numbers.Split(' ').Select(number => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).Order();
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
