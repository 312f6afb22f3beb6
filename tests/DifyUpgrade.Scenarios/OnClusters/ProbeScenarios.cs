using System.Text;
using CliWrap;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>Asking the image itself takes pods that run Python: real ones.</summary>
[Trait("Needs", "Kubernetes")]
public sealed class ProbeOnKubernetes() : ClusterScenario(TestCluster.Kubernetes)
{
    private const string Leftovers = "dify-upgrade/probe-of";

    [Fact]
    public async Task The_image_is_asked_before_anything_changes_and_nothing_is_left_behind()
    {
        await AskAsync("label", "namespace", Namespace, "pod-security.kubernetes.io/enforce=restricted", "--overwrite");
        (await BuildAsync("ValidateConfigMap", NewerTag, "--config-map-drift", "apply", "--probe-image")).MustExitWith(0).MustSay(
            "Asking the image langgenius/dify-api:1.12.1 in pod/dify-prompts-probe-",
            "the image imports 16 names at start and 2 within requests from core.llm_generator.prompts");
        await MustLeaveNothingAsync();
    }

    [Fact]
    public async Task What_the_image_says_overrides_the_list_of_names()
    {
        // The list would warn of a star import only; the image knows what the file really defines.
        await File.WriteAllTextAsync(Workspace.Prompts, "from os.path import *\n" + await ReadAsync(), TestContext.Current.CancellationToken);
        (await BuildAsync("ValidateConfigMap", NewerTag, "--config-map-drift", "apply", "--probe-image")).MustExitWith(0).MustNotSay("may define names that cannot be known");

        await File.WriteAllTextAsync(Workspace.Prompts, (await ReadAsync()).Replace("\nGENERATOR_QA_PROMPT = ", "\nGENERATOR_QA_PROMT = ", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (await BuildAsync("ValidateConfigMap", NewerTag, "--config-map-drift", "apply", "--probe-image")).MustExitWith(2).MustSay(
            "GENERATOR_QA_PROMPT is missing; Dify 1.12.1 (read from the image) imports it at start in api/core/llm_generator/llm_generator.py");
        await MustLeaveNothingAsync();
    }

    [Fact]
    public async Task A_file_that_fails_when_it_is_imported_stops_the_upgrade_with_its_line()
    {
        await InstallAsync();
        var lines = (await ReadAsync()).Split('\n').Length;
        await File.AppendAllTextAsync(Workspace.Prompts, "\nBROKEN = 1 / 0\n", TestContext.Current.CancellationToken);
        (await BuildAsync("Upgrade", NewerTag, "--config-map-drift", "apply", "--probe-image")).MustExitWith(2).MustSay(
            "cannot import the file: ZeroDivisionError: division by zero", $"custom-configs/prompts.py:{lines + 1}:1");
        Assert.Equal(["1 deployed"], await RevisionsAsync());
        await MustLeaveNothingAsync();
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled_is_found_before_anything_changes()
    {
        await InstallAsync();
        (await BuildAsync("Upgrade", "99.0.0", "--probe-image")).MustExitWith(2).MustSay("The image langgenius/dify-api:99.0.0 could not be asked", "ImagePull");
        Assert.Equal(["1 deployed"], await RevisionsAsync());
        await MustLeaveNothingAsync();
    }

    [Fact]
    public async Task An_interrupted_question_leaves_nothing_behind()
    {
        await File.AppendAllTextAsync(Workspace.Prompts, "\nimport time\ntime.sleep(50)\n", TestContext.Current.CancellationToken);
        var interrupted = await InterruptAsync(Build("ValidateConfigMap", NewerTag, "--config-map-drift", "apply", "--probe-image"));
        interrupted.MustExitWith(130);
        await MustLeaveNothingAsync();
    }

    [Fact]
    public async Task A_version_is_taken_into_the_list_from_its_image()
    {
        Workspace.Write("src/DifyUpgrade/Prompts/prompt-contract.json", await File.ReadAllTextAsync(Path.Combine(TestSettings.Repository, "src/DifyUpgrade/Prompts/prompt-contract.json"), TestContext.Current.CancellationToken));
        (await BuildAsync("UpdatePromptContract", NewerTag, "--dify-version", "1.12.2", "--dify-image", "langgenius/dify-api:1.12.1")).MustExitWith(0).MustSay("knows Dify 1.12.2 now: 18 names; new none; gone none");
        Assert.Contains("the image langgenius/dify-api:1.12.1, read by UpdatePromptContract", await File.ReadAllTextAsync(Workspace.At("src/DifyUpgrade/Prompts/prompt-contract.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await MustLeaveNothingAsync();
    }

    private Task<string> ReadAsync() => File.ReadAllTextAsync(Workspace.Prompts, TestContext.Current.CancellationToken);

    // Deleted pods take a moment to vanish: they are told to go, and kubectl waits for that.
    private async Task MustLeaveNothingAsync()
    {
        await AskAsync("wait", "pods", "-l", Leftovers, "--for=delete", "--timeout=60s");
        Assert.Equal("", await AskAsync("get", "pods,configmaps", "-l", Leftovers, "-o", "name"));
    }

    private async Task<Run> InterruptAsync(Command command)
    {
        var text = new StringBuilder();
        var running = command
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line => text.AppendLine(line)))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        while (!running.Task.IsCompleted && (await AskAsync("get", "pods", "-l", Leftovers, "-o", "jsonpath={.items[*].status.phase}")) != "Running")
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        await Cli.Wrap("kill").WithArguments(["-INT", $"{running.ProcessId}"]).WithValidation(CommandResultValidation.None).ExecuteAsync(TestContext.Current.CancellationToken);
        return new Run(command.ToString(), (await running).ExitCode, text.ToString(), "");
    }
}
