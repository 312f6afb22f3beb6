using System.Globalization;
using System.Text.Json;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>What counts as proven, and what a user of the system sees of a rollout.</summary>
public abstract class ProofScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    [Fact]
    public async Task A_container_without_cat_is_not_checked_which_fails_unless_that_is_allowed()
    {
        // A container with nothing in it but its program, as distroless ones are.
        Workspace.Write("charts/bare/Chart.yaml", "apiVersion: v2\nname: bare\nversion: 1.0.0\n");
        Workspace.Write("charts/bare/templates/bare.yaml", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: bare}
            spec:
              replicas: 1
              selector: {matchLabels: {app: bare}}
              template:
                metadata: {labels: {app: bare}}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                    - name: bare
                      image: localhost/pause:1
                      imagePullPolicy: IfNotPresent
                      volumeMounts: [{name: prompts, mountPath: /prompts.py, subPath: prompts.py, readOnly: true}]
                  volumes: [{name: prompts, configMap: {name: dify-prompts}}]
            """);
        (await BuildAsync("Upgrade", null, "--chart", "charts/bare", "--install", "--config-map-drift", "apply"))
            .MustExitWith(1)
            .MustSay("/prompts.py was not checked: ", "--allow-unchecked")
            .MustNotSay("Proven:");
        Assert.Equal("notChecked", (await ReportAsync()).GetProperty("evidence")[0].GetProperty("verdict").GetString());
        Assert.Contains("<skipped", await File.ReadAllTextAsync(Workspace.At("artifacts/report/junit.xml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        (await BuildAsync("VerifyMount", null, "--chart", "charts/bare", "--allow-unchecked"))
            .MustExitWith(0)
            .MustSay("NOT proven, and let pass with --allow-unchecked: 1 of 1 mounted files could not be read back")
            .MustNotSay("Proven:");
    }

    [Fact]
    public async Task The_images_own_file_and_a_file_that_can_be_written_are_no_proof_and_are_named()
    {
        const string Path = "/app/api/core/llm_generator/prompts.py";
        await InstallAsync();

        // Somebody takes the mount of one workload out, and puts a copy in the place of another's.
        await PatchAsync("dify-worker", new { containers = new object[] { new { name = "worker", volumeMounts = new[] { new Dictionary<string, string> { ["$patch"] = "delete", ["mountPath"] = Path } } } } });
        await PatchAsync("dify-beat", new
        {
            volumes = new[] { new { name = "copy", emptyDir = new { } } },
            initContainers = new[]
            {
                new
                {
                    name = "copy", image = "langgenius/dify-api:" + OlderTag, command = (string[])["sh", "-c", "cat /from/prompts.py > /to/prompts.py"],
                    volumeMounts = new[] { new { name = "prompts", mountPath = "/from" }, new { name = "copy", mountPath = "/to" } },
                },
            },
            containers = new[] { new { name = "beat", volumeMounts = new[] { new { name = "copy", mountPath = Path, subPath = "prompts.py", readOnly = false } } } },
        });

        (await BuildAsync("VerifyMount", OlderTag))
            .MustExitWith(1)
            .MustSay("REFUTED: the pod serves the file that the image ships: nothing is mounted there", "REFUTED: the mount is writable")
            .MustNotSay("Proven:");
        var rows = (await ReportAsync()).GetProperty("evidence").EnumerateArray().Select(row => row.GetProperty("verdict").GetString()).ToList();
        Assert.Equal((2, 3), (rows.Count(verdict => verdict == "proven"), rows.Count(verdict => verdict == "refuted")));
    }

    [Fact]
    public async Task A_URL_is_requested_through_the_rollout_and_its_failures_count()
    {
        await InstallAsync();
        using var site = new Site(failing: [3, 4, 5]);
        (await BuildAsync("Upgrade", NewerTag, "--probe-url", site.AddressWith(Workspace.Canary), "--max-unavailable-seconds", "0"))
            .MustExitWith(1)
            .MustSay(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{site.Port}/health: 3 of "), "requests failed, out for ", "the first: HTTP 503", "--max-unavailable-seconds")
            .MustNotSay(Workspace.Canary);
        var probe = (await ReportAsync()).GetProperty("rollouts")[0].GetProperty("probe");
        Assert.Equal(3, probe.GetProperty("failures").GetInt32());

        (await BuildAsync("Upgrade", OlderTag, "--probe-url", site.AddressWith(Workspace.Canary), "--max-unavailable-seconds", "60"))
            .MustExitWith(0)
            .MustSay("requests, none failed");
    }

    // Verified is what a rollout has ended with.
    private async Task PatchAsync(string deployment, object podSpec)
    {
        await AskAsync("patch", "deployment", deployment, "--type=strategic", "--patch", JsonSerializer.Serialize(new { spec = new { template = new { spec = podSpec } } }));
        await AskAsync("rollout", "status", "deployment/" + deployment, "--timeout=120s");
    }
}
