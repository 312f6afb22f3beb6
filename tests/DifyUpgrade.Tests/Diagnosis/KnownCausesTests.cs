using DifyUpgrade.Diagnosis;
using DifyUpgrade.Tests.Rollouts;
using Xunit;

namespace DifyUpgrade.Tests.Diagnosis;

/// <summary>A case is a folder: the evidence as a run on a real cluster left it in artifacts/diagnosis, and the causes it must be read as.</summary>
public sealed class KnownCausesTests
{
    private static readonly FailureEvidence Nothing = new() { Namespace = "dify", ConfigMap = "dify-prompts", HelmSaid = "", Pods = [], Events = [] };

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "Diagnosis", "Cases")).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_recorded_failure_is_read_as_its_causes(string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Diagnosis", "Cases", name);
        var causes = KnownCauses.In(DiagnosisFolder.Read(File.ReadAllText(Path.Combine(folder, "evidence.json"))));
        var seen = string.Concat(causes.Select(cause => $"{cause.Name}: {cause.Seen}\n  where: {cause.Where}\n  next:  {cause.Remedy.Replace("\n", "\n         ", StringComparison.Ordinal)}\n"));
        var expected = Path.Combine(folder, "causes.verified.txt");
        if (!File.Exists(expected) || File.ReadAllText(expected) != seen)
            File.WriteAllText(Path.Combine(folder, "causes.received.txt"), seen);
        Assert.Equal(File.Exists(expected) ? File.ReadAllText(expected) : "", seen);
    }

    [Theory]
    [InlineData("Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress", "helm-pending", "The release is pending")]
    [InlineData("Error: UPGRADE FAILED: release: already exists", "helm-conflict", "the other one won")]
    [InlineData("Error: UPGRADE FAILED: rendered manifests contain a resource that already exists. Unable to continue with update: ConfigMap \"dify-config\" in namespace \"dify\" exists and cannot be imported into the current release: invalid ownership metadata", "helm-conflict", "ConfigMap dify-config exists already and is not this release's")]
    [InlineData("Error: UPGRADE FAILED: cannot patch \"dify-api\" with kind Deployment: Operation cannot be fulfilled on deployments.apps \"dify-api\": the object has been modified; please apply your changes to the latest version and try again", "helm-conflict", "Somebody else changed an object")]
    [InlineData("Error: UPGRADE FAILED: admission webhook \"policy.example.com\" denied the request: image is not signed", "admission-webhook", "The admission webhook policy.example.com refuses: image is not signed")]
    [InlineData("Error: UPGRADE FAILED: failed to create resource: persistentvolumeclaims \"data\" is forbidden: exceeded quota: storage, requested: requests.storage=1Gi, used: requests.storage=0, limited: requests.storage=0", "quota", "The quota storage has no room: requested: requests.storage=1Gi")]
    public void What_helm_refuses_is_named(string said, string name, string seen)
    {
        var cause = Assert.Single(KnownCauses.In(Nothing with { HelmSaid = said }));
        Assert.Equal(name, cause.Name);
        Assert.Contains(seen, cause.Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "Error: While importing 'app', an ImportError was raised:\n\nTraceback (most recent call last):\n  File \"/app/api/core/llm_generator/llm_generator.py\", line 15, in <module>\n    from core.llm_generator.prompts import (\nImportError: cannot import name 'LLM_MODIFY_CODE_SYSTEM' from 'core.llm_generator.prompts' (/app/api/core/llm_generator/prompts.py)",
        "prompts.py lacks LLM_MODIFY_CODE_SYSTEM, which Dify 1.12.1 imports at start (since 1.8.0), so the container crashes")]
    [InlineData(
        "Error: Invalid value for '-A' / '--app':\nUnable to load celery application.\nWhile trying to load the module app.celery the following error occurred:\nTraceback (most recent call last):\nImportError: cannot import name 'SUGGESTED_QUESTIONS_MAX_TOKENS' from 'core.llm_generator.prompts' (/app/api/core/llm_generator/prompts.py). Did you mean: 'SUGGESTED_QUESTIONS'?",
        "prompts.py lacks SUGGESTED_QUESTIONS_MAX_TOKENS, which Dify 1.12.1 imports at start (since 1.11.0), so the container crashes")]
    [InlineData(
        "Traceback (most recent call last):\n  File \"/app/api/core/llm_generator/prompts.py\", line 7\n    X = \"\"\"\n        ^\nSyntaxError: unterminated triple-quoted string literal (detected at line 9)",
        "prompts.py is no valid Python at line 7: SyntaxError: unterminated triple-quoted string literal (detected at line 9)")]
    [InlineData(
        "[ERROR] Exception in worker process\nTraceback (most recent call last):\n  File \"/app/api/core/llm_generator/prompts.py\", line 322, in <module>\n    raise RuntimeError('these prompts crash')\nRuntimeError: these prompts crash\n[ERROR] Reason: Worker failed to boot.",
        "prompts.py fails at line 322 when Dify starts: RuntimeError: these prompts crash")]
    public void An_import_failure_is_named_with_what_is_missing_and_the_version_that_wants_it(string log, string seen)
    {
        var pod = new PodEvidence { Workload = States.Api, State = States.Pod("dify-api-1", 2, ready: false, States.Ended(2)), Logs = [new ContainerLog("api", Previous: false, log.Split('\n'))] };
        var cause = Assert.Single(KnownCauses.In(Nothing with { Pods = [pod, pod with { State = pod.State with { Name = "dify-api-2" } }] }));
        Assert.Equal(("prompts-import", seen), (cause.Name, cause.Seen));
        Assert.Equal("pod/dify-api-1, container api, pod/dify-api-2, container api", cause.Where);
    }

    [Fact]
    public void A_volume_that_hangs_on_another_node_is_named()
    {
        var pod = new PodEvidence { Workload = States.Api, State = States.Pod("dify-api-1", 2, ready: false, States.Waiting("ContainerCreating")), Logs = [] };
        var cause = Assert.Single(KnownCauses.In(Nothing with
        {
            Pods = [pod],
            Events =
            [
                States.Event("FailedAttachVolume", "dify-api-1", "Multi-Attach error for volume \"pvc-1\" Volume is already exclusively attached to one node and can't be attached to another"),
                States.Event("FailedMount", "dify-api-1", "Unable to attach or mount volumes: unmounted volumes=[storage], unattached volumes=[storage]: timed out waiting for the condition"),
            ],
        }));
        Assert.Equal("volume", cause.Name);
        Assert.Contains("Multi-Attach", cause.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_volume_that_was_attached_in_the_end_and_cannot_be_mounted_is_told_from_one_that_is_not_attached()
    {
        var pod = new PodEvidence { Workload = States.Api, State = States.Pod("dify-api-1", 2, ready: false, States.Waiting("ContainerCreating")), Logs = [] };
        var cause = Assert.Single(KnownCauses.In(Nothing with
        {
            Pods = [pod],
            Events =
            [
                States.Event("FailedAttachVolume", "dify-api-1", "AttachVolume.Attach failed for volume \"pvc-1\" : timed out"),
                States.Event("SuccessfulAttachVolume", "dify-api-1", "AttachVolume.Attach succeeded for volume \"pvc-1\""),
                States.Event("FailedMount", "dify-api-1", "MountVolume.MountDevice failed for volume \"pvc-1\" : wrong fs type"),
            ],
        }));
        Assert.Equal(("volume", "A volume of deployment/dify-api cannot be mounted: MountVolume.MountDevice failed for volume \"pvc-1\" : wrong fs type"), (cause.Name, cause.Seen));
    }

    [Fact]
    public void A_registry_that_refuses_is_told_from_a_tag_that_is_not_there()
    {
        var pod = new PodEvidence { Workload = States.Api, State = States.Pod("dify-api-1", 2, ready: false, States.Waiting("ImagePullBackOff", "Back-off pulling image")), Logs = [] };
        Assert.Equal("image-tag", Assert.Single(KnownCauses.In(Nothing with { Pods = [pod] })).Name);
        var refused = States.Event("Failed", "dify-api-1", "Failed to pull image \"langgenius/dify-api:1.12.1\": pull access denied, repository does not exist or may require authorization");
        Assert.Equal("image-refused", Assert.Single(KnownCauses.In(Nothing with { Pods = [pod], Events = [refused] })).Name);
    }

    [Fact]
    public void A_crash_that_nobody_knows_says_its_last_words()
    {
        var pod = new PodEvidence { Workload = States.Api, State = States.Pod("dify-api-1", 2, ready: false, States.Ended(1)), Logs = [new ContainerLog("api", false, ["one", "two", "", "could not connect to postgres", "bye"])] };
        var cause = Assert.Single(KnownCauses.In(Nothing with { Pods = [pod] }));
        Assert.Equal("deployment/dify-api: container api ended with exit code 1\n    two\n    could not connect to postgres\n    bye", cause.Seen);
    }

    [Fact]
    public void The_screen_gets_fifteen_lines_at_most_and_the_place_of_the_rest()
    {
        List<Finding> findings = [.. Enumerable.Range(0, 9).Select(number => Finding.Error($"cause {number} {new string('x', 900)}", "pod/a", "one\ntwo"))];
        var shown = ScreenText.Fit(findings, "artifacts/diagnosis/");
        Assert.InRange(new DeploymentException(ExitCode.DeploymentFailed, shown).Message.Split('\n').Length, 3, ScreenText.MostLines);
        Assert.Contains("Evidence without secrets: artifacts/diagnosis/ (6 more findings in summary.txt)", shown[^1].Remedy, StringComparison.Ordinal);
    }
}
