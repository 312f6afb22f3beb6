using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>Every cause that a cluster can be brought to: it is named on the screen, the evidence lies on disk, and no secret is in either.</summary>
public abstract class DiagnosisScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    private const string Fast = """
        api: {replicas: 1, readinessProbe: {initialDelaySeconds: 1, periodSeconds: 1}, terminationGracePeriodSeconds: 2}
        worker: {replicas: 1, minReadySeconds: 0, terminationGracePeriodSeconds: 2}
        beat: {minReadySeconds: 0, terminationGracePeriodSeconds: 2}
        web: {replicas: 1, readinessProbe: {initialDelaySeconds: 0, periodSeconds: 1}, terminationGracePeriodSeconds: 2}

        """;

    [Fact]
    public async Task A_wrong_image_tag() =>
        await MustFailAsync("image: {api: {tag: \"99.0.0\"}}", "The image langgenius/dify-api:99.0.0 cannot be pulled", "docker manifest inspect");

    [Fact]
    public async Task An_image_whose_name_is_none() =>
        await MustFailAsync("image: {web: {tag: \"not a tag\"}}", "'langgenius/dify-web:not a tag' is no name of an image");

    [Fact]
    public async Task A_ConfigMap_that_is_missing() =>
        await MustFailAsync(Env("absent-map", "key"), "The configmap absent-map, which deployment/dify-worker wants, does not exist");

    [Fact]
    public async Task A_key_of_a_ConfigMap_that_is_missing() =>
        await MustFailAsync(Env("dify-prompts", "absent"), "The key absent, which deployment/dify-worker wants, is missing in ConfigMap", "./build.sh RefreshPrompts");

    [Fact]
    public async Task A_volume_of_a_ConfigMap_that_is_missing() =>
        await MustFailAsync("web: {extraVolumes: [{name: a, configMap: {name: absent-map}}], extraVolumeMounts: [{name: a, mountPath: /a}]}", "The configmap absent-map, which deployment/dify-web wants, does not exist");

    [Fact]
    public async Task A_key_mounted_with_subPath_that_is_missing() =>
        await MustFailAsync("web: {extraVolumes: [{name: a, configMap: {name: dify-config}}], extraVolumeMounts: [{name: a, mountPath: /etc/passwd, subPath: absent}]}", "A key that deployment/dify-web mounts with subPath is missing");

    [Fact]
    public async Task No_node_that_fits() =>
        await MustFailAsync("worker: {nodeSelector: {there-is: no-such-node}}", "No node takes a pod of deployment/dify-worker", "--failure-grace 5m");

    [Fact]
    public async Task A_volume_claim_that_is_not_there() =>
        await MustFailAsync("api: {persistence: {persistentVolumeClaim: {existingClaim: absent-claim}}}", "A volume claim of deployment/dify-api is not bound or not there", "absent-claim");

    [Fact]
    public async Task A_probe_that_fails() =>
        await MustFailAsync("api: {readinessProbe: {httpGet: {path: /absent, port: 5001}}}", ["--timeout", "25s"], "The readiness probe of deployment/dify-api fails", "statuscode: 404");

    [Fact]
    public async Task Too_little_memory() =>
        await MustFailAsync("web: {extraEnv: [], resources: {limits: {memory: 8Mi}}}", "Container web of deployment/dify-web ran out of memory");

    [Fact]
    public async Task A_rollout_that_only_needs_longer() =>
        await MustFailAsync("api: {readinessProbe: {initialDelaySeconds: 900}}", ["--timeout", "15s"], "while everything still progressed", "--timeout 20m");

    [Fact]
    public async Task A_name_that_the_prompt_file_lacks()
    {
        var prompts = await File.ReadAllTextAsync(Workspace.Prompts, TestContext.Current.CancellationToken);
        Workspace.Write("custom-configs/prompts.py", prompts.Replace("DEFAULT_GENERATOR_SUMMARY_PROMPT", "RENAMED_PROMPT", StringComparison.Ordinal));
        await MustFailAsync("", ["--skip", "ValidateConfigMap", "RenderTemplate"], "prompts.py lacks DEFAULT_GENERATOR_SUMMARY_PROMPT, which Dify 1.12.1 imports at start (since 1.12.0)", "./build.sh RefreshPrompts");
    }

    [Fact]
    public async Task A_prompt_file_that_is_no_Python()
    {
        await File.AppendAllTextAsync(Workspace.Prompts, "\nBROKEN = (\n", TestContext.Current.CancellationToken);
        await MustFailAsync("", ["--skip", "ValidateConfigMap", "RenderTemplate"], "prompts.py is no valid Python at line ", "SyntaxError");
    }

    [Fact]
    public async Task An_object_that_is_somebody_elses()
    {
        (await KubectlAsync("-n", Namespace, "create", "configmap", "dify-config")).MustExitWith(0);
        var run = await BuildAsync("Upgrade", NewerTag, "--install", "--config-map-drift", "apply", "--skip", "DryRun");
        run.MustExitWith(1).MustSay("ConfigMap dify-config exists already and is not this release's", "Evidence without secrets: artifacts/diagnosis/").MustNotSay(Workspace.Canary);
        Assert.Equal("helm-conflict", (await ReportAsync()).GetProperty("causes")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_quota_without_room()
    {
        (await KubectlAsync("-n", Namespace, "create", "quota", "small", "--hard=pods=1")).MustExitWith(0);
        await MustFailAsync("", "The quota small has no room", "kubectl describe resourcequota small");
    }

    [Fact]
    public async Task An_admission_webhook_that_does_not_answer()
    {
        (await KubectlAsync("label", "namespace", Namespace, "scenario=" + Namespace)).MustExitWith(0);
        Workspace.Write("webhook.yaml", $$"""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: {{Namespace}}}
            webhooks:
              - name: pods.{{Namespace}}.example.com
                admissionReviewVersions: [v1]
                sideEffects: None
                failurePolicy: Fail
                timeoutSeconds: 2
                namespaceSelector: {matchLabels: {scenario: "{{Namespace}}"} }
                clientConfig: {url: "https://127.0.0.1:1/"}
                rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
            """);
        (await KubectlAsync("apply", "-f", Workspace.At("webhook.yaml"))).MustExitWith(0);
        try
        {
            await MustFailAsync("", $"The admission webhook pods.{Namespace}.example.com does not answer");
        }
        finally
        {
            await KubectlAsync("delete", "validatingwebhookconfiguration", Namespace);
        }
    }

    private static string Env(string map, string key) =>
        $"worker: {{extraEnv: [{{name: WANTED, valueFrom: {{configMapKeyRef: {{name: {map}, key: {key}}}}}}}]}}";

    private Task MustFailAsync(string values, params string[] says) => MustFailAsync(values, [], says);

    // A first installation fails as an upgrade does, and needs no working one before it.
    private async Task MustFailAsync(string values, string[] arguments, params string[] says)
    {
        Workspace.Write("values-fast.yaml", Fast);
        Workspace.Write("values-broken.yaml", values + "\n");
        var run = await BuildAsync("Upgrade", NewerTag, ["--install", "--config-map-drift", "apply", "--failure-grace", "3s", .. arguments]);
        run.MustExitWith(1).MustSay(says).MustSay("Evidence without secrets: artifacts/diagnosis/").MustNotSay(Workspace.Canary);
        Assert.InRange(Block(run.Output), 3, 15);
        Assert.NotEmpty((await ReportAsync()).GetProperty("causes").EnumerateArray());

        var files = Directory.GetFiles(Workspace.At("artifacts/diagnosis"), "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith("evidence.json", StringComparison.Ordinal));
        Assert.Contains(files, file => file.Contains("workloads", StringComparison.Ordinal));
        foreach (var file in files)
            Assert.DoesNotContain(Workspace.Canary, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>How many lines the block has that ends the run.</summary>
    private static int Block(string output)
    {
        var lines = output.Split('\n').SkipWhile(line => !line.StartsWith('✖'));
        return lines.TakeWhile(line => line.StartsWith('✖') || line.StartsWith("  ", StringComparison.Ordinal)).Count();
    }
}
