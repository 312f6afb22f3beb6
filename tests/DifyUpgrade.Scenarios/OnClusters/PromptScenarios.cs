using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

public abstract class PromptScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    [Fact]
    public async Task Changed_prompts_stop_an_upgrade_and_a_refresh_brings_them_to_what_mounts_them_and_nothing_else()
    {
        await InstallAsync();
        var served = PromptsSha256;
        await File.AppendAllTextAsync(Workspace.Prompts, "\n# changed\n", TestContext.Current.CancellationToken);

        (await BuildAsync("Upgrade", NewerTag)).MustExitWith(2).MustSay("The ConfigMap differs from the prompt files (different: prompts.py)", "./build.sh RefreshPrompts");
        Assert.Equal(["1 deployed"], await RevisionsAsync());
        await MustServeAsync("api", served);

        var web = await PodsAsync("web");
        (await BuildAsync("RefreshPrompts", OlderTag)).MustExitWith(0).MustSay("Restarting what serves other content: deployment/dify-api, deployment/dify-beat, deployment/dify-worker", "Proven: 5 mounted files");
        foreach (var component in (string[])["api", "worker", "beat"])
            await MustServeAsync(component, PromptsSha256);
        Assert.Equal(web, await PodsAsync("web"));

        var pods = await PodsAsync("api");
        (await BuildAsync("RefreshPrompts", OlderTag)).MustExitWith(0).MustSay("Nothing changed");
        Assert.Equal(pods, await PodsAsync("api"));
        Assert.Equal(["1 deployed"], await RevisionsAsync());
    }

    [Fact]
    public async Task A_drifted_ConfigMap_can_be_written_as_a_part_of_the_upgrade_and_pods_that_helm_left_alone_are_restarted()
    {
        await InstallAsync();
        await AskAsync("patch", "configmap", "dify-prompts", "--type=merge", "-p", "{\"data\":{\"prompts.py\":\"by hand\",\"other.py\":\"by hand\"}}");

        (await BuildAsync("ValidateConfigMap", OlderTag)).MustExitWith(2).MustSay("different: prompts.py; only in the cluster: other.py");
        await File.AppendAllTextAsync(Workspace.Prompts, "\n# changed\n", TestContext.Current.CancellationToken);
        (await BuildAsync("Upgrade", OlderTag, "--config-map-drift", "apply")).MustExitWith(0).MustSay("8 unchanged", "ConfigMap dify-prompts written", "Restarting what serves other content", "Proven: 5 mounted files");
        await MustServeAsync("worker", PromptsSha256);
        Assert.DoesNotContain("other.py", await AskAsync("get", "configmap", "dify-prompts", "-o", "yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Upgrade", "--skip", "ValidateConfigMap")]
    [InlineData("Upgrade", "--skip", "ValidateConfigMap", "RenderTemplate", "DryRun")]
    [InlineData("RefreshPrompts")]
    public async Task An_image_that_is_not_asked_in_spite_of_the_wish_is_said_to_be_not_checked(string target, params string[] skip)
    {
        await InstallAsync();
        var run = (await BuildAsync(target, OlderTag, ["--probe-image", .. skip])).MustExitWith(0);
        var said = run.Text.Split('\n').Where(line => line.Contains("NOT CHECKED: the image was not asked which names it imports, in spite of --probe-image", StringComparison.Ordinal)).ToList();

        // When it is noticed, and once more in the summary.
        Assert.True(said.Count == 2, run.Text);
        Assert.Contains((await ReportAsync()).GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("seen").GetString()!.StartsWith("NOT CHECKED", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_ConfigMap_stops_an_upgrade_with_the_command_that_creates_it()
    {
        (await BuildAsync("Upgrade", NewerTag, "--install")).MustExitWith(2).MustSay("The ConfigMap does not exist", "kubectl create configmap dify-prompts");
        Assert.Empty(await RevisionsAsync());
    }

    [Fact]
    public async Task Two_prompt_files_are_mounted_and_proven_in_every_pod()
    {
        Workspace.Write("custom-configs/extra.py", "EXTRA = 1\n");
        Workspace.Write("values-two.yaml", TwoFiles);
        string[] two = ["--values-files", "values-dify.yaml", "values-secrets.yaml", "values-dify-prod.yaml", "values-fast.yaml", "values-tag.yaml", "values-two.yaml", "--prompt-files", "prompts.py=custom-configs/prompts.py", "extra.py=custom-configs/extra.py"];

        (await BuildAsync("Upgrade", NewerTag, ["--install", "--config-map-drift", "apply", .. two])).MustExitWith(0).MustSay("Proven: 10 mounted files in 5 pods");
        foreach (var component in (string[])["api", "worker", "beat"])
        {
            await MustServeAsync(component, PromptsSha256);
            await MustServeAsync(component, Sha256Of("custom-configs/extra.py"), "/app/api/extra/extra.py");
        }
    }

    [Fact]
    public async Task Status_shows_what_is_mounted_from_where_and_a_diff_tells_the_names_that_differ()
    {
        Workspace.Write("values-bare.yaml", "worker: {extraVolumeMounts: []}\n");
        await InstallAsync();
        (await BuildAsync("Status", OlderTag)).MustExitWith(0).MustSay("configmap/dify-prompts key prompts.py").MustNotSay("runs the same image as");
        (await BuildAsync("DiffPrompts", OlderTag)).MustExitWith(0).MustSay("the same bytes", "dify-api-", "dify-worker-", "dify-beat-");

        var text = await File.ReadAllTextAsync(Workspace.Prompts, TestContext.Current.CancellationToken);
        Workspace.Write("custom-configs/prompts.py", text.Replace("{{schema}}", "{{scheme}}\nand more", StringComparison.Ordinal) + "\nEXTRA = 1\n");
        (await BuildAsync("DiffPrompts", OlderTag)).MustExitWith(0).MustSay(
            "names differ",
            "STRUCTURED_OUTPUT_PROMPT",
            "2 lines only here, 1 line only in the pod; {{scheme}} only here, {{schema}} only in the pod",
            "EXTRA",
            "only in the local file").MustNotSay("GENERATOR_QA_PROMPT");

        // By hand, as somebody might: the worker works with the image's own file from here on.
        (await BuildAsync("Upgrade", OlderTag, "--config-map-drift", "apply", "--values-files", "values-dify.yaml", "values-secrets.yaml", "values-dify-prod.yaml", "values-fast.yaml", "values-tag.yaml", "values-bare.yaml")).MustExitWith(0);
        (await BuildAsync("Status", OlderTag)).MustExitWith(0).MustSay("deployment/dify-worker runs the same image as deployment/dify-api but does not mount /app/api/core/llm_generator/prompts.py");
    }

    private const string TwoFiles = """
        api: &two
          extraVolumeMounts:
            - {name: prompts, mountPath: /app/api/core/llm_generator/prompts.py, subPath: prompts.py, readOnly: true}
            - {name: prompts, mountPath: /app/api/extra/extra.py, subPath: extra.py, readOnly: true}
        worker: *two
        beat: *two
        """;
}
