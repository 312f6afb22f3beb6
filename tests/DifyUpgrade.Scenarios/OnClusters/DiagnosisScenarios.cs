using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>Every cause that a cluster can be brought to: it is named on the screen, the evidence lies on disk, and no secret is in either.</summary>
public abstract class DiagnosisScenarios(TestCluster cluster) : FailingScenario(cluster)
{
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
    public async Task A_key_of_a_volume_that_is_missing() =>
        await MustFailAsync("web: {extraVolumes: [{name: a, configMap: {name: dify-config, items: [{key: absent, path: a}]}}], extraVolumeMounts: [{name: a, mountPath: /a}]}", "The key absent, which deployment/dify-web mounts, is missing in its ConfigMap or Secret");

    [Fact]
    public async Task No_node_that_fits() =>
        await MustFailAsync("worker: {nodeSelector: {there-is: no-such-node}}", "No node takes a pod of deployment/dify-worker", "--failure-grace 5m");

    [Fact]
    public async Task A_volume_claim_that_is_not_there() =>
        await MustFailAsync("api: {persistence: {persistentVolumeClaim: {existingClaim: absent-claim}}}", "A volume claim of deployment/dify-api is not bound or not there", "absent-claim");

    [Fact]
    public async Task A_volume_that_is_not_attached()
    {
        // No cluster of tests is in that cloud: where the plugin is still built in it says so at once, elsewhere nobody attaches.
        Workspace.Write("volume.yaml", $$"""
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: "{{Namespace}}"}
            spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], storageClassName: "{{Namespace}}", awsElasticBlockStore: {volumeID: vol-absent} }
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: storage, namespace: "{{Namespace}}"}
            spec: {accessModes: [ReadWriteOnce], storageClassName: "{{Namespace}}", resources: {requests: {storage: 1Gi} } }
            """);
        (await KubectlAsync("apply", "-f", Workspace.At("volume.yaml"))).MustExitWith(0);
        try
        {
            await MustFailAsync("api: {persistence: {persistentVolumeClaim: {existingClaim: storage}}}", "A volume of deployment/dify-api is not attached: AttachVolume.", $"failed for volume \"{Namespace}\"", "kubectl get pvc,volumeattachments");
            Assert.Equal(["volume"], (await CausesAsync()).Distinct());
        }
        finally
        {
            await KubectlAsync("delete", "persistentvolume", Namespace, "--wait=false");
        }
    }

    [Fact]
    public async Task A_probe_that_fails() =>
        await MustFailAsync("api: {readinessProbe: {httpGet: {path: /absent, port: 5001}}}", ["--timeout", "25s"], "The readiness probe of deployment/dify-api fails", "statuscode: 404");

    [Fact]
    public async Task Too_little_memory() =>
        await MustFailAsync("web: {extraEnv: [], resources: {limits: {memory: 8Mi}}}", "Container web of deployment/dify-web ran out of memory");

    [Fact]
    public async Task A_rollout_that_only_needs_longer() =>
        await MustFailAsync("api: {readinessProbe: {initialDelaySeconds: 900}}", ["--timeout", "15s"], "while everything still progressed", "--timeout 20m");

    // With migrations the API ends before its server starts, without them in it: each says so in its own way.
    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task A_name_that_the_prompt_file_lacks(string migration)
    {
        var prompts = await File.ReadAllTextAsync(Workspace.Prompts, TestContext.Current.CancellationToken);
        Workspace.Write("custom-configs/prompts.py", prompts.Replace("DEFAULT_GENERATOR_SUMMARY_PROMPT", "RENAMED_PROMPT", StringComparison.Ordinal));
        await MustFailAsync($"api: {{migration: {migration}}}", ["--skip", "ValidateConfigMap", "RenderTemplate"], "prompts.py lacks DEFAULT_GENERATOR_SUMMARY_PROMPT, which Dify 1.12.1 imports at start (since 1.12.0)", "./build.sh RefreshPrompts");
    }

    [Fact]
    public async Task A_prompt_file_that_is_no_Python()
    {
        await File.AppendAllTextAsync(Workspace.Prompts, "\nBROKEN = (\n", TestContext.Current.CancellationToken);
        await MustFailAsync("", ["--skip", "ValidateConfigMap", "RenderTemplate"], "prompts.py is no valid Python at line ", "SyntaxError");
    }

    [Fact]
    public async Task A_quota_without_room()
    {
        (await KubectlAsync("-n", Namespace, "create", "quota", "small", "--hard=pods=1")).MustExitWith(0);
        await MustFailAsync("", "The quota small has no room", "kubectl describe resourcequota small");
    }

    private static string Env(string map, string key) =>
        $"worker: {{extraEnv: [{{name: WANTED, valueFrom: {{configMapKeyRef: {{name: {map}, key: {key}}}}}}}]}}";
}
