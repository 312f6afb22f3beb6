using System.Text.Json;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>The examples of <c>charts/examples</c>, each by its profile: from an older revision to proven pods.</summary>
public abstract class ExampleScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    [Theory]
    [InlineData("example-two-files", "dify", "Proven: 10 mounted files in 5 pods")]
    [InlineData("example-other-release", "assistant", "Proven: 5 mounted files in 5 pods")]
    [InlineData("example-other-chart", "chat", "Proven: 4 mounted files in 4 pods")]
    public async Task An_example_is_installed_and_upgraded_as_its_profile_says(string profile, string release, string proof)
    {
        Workspace.Write("values-older.yaml", $"image: {{api: {{tag: \"{OlderTag}\"}}}}\n");
        (await RunAsync(profile, ["values-older.yaml"], "--install", "--config-map-drift", "apply")).MustExitWith(0).MustSay($"Revision 1 of {release} is rolled out", proof);

        (await RunAsync(profile, [])).MustExitWith(0).MustSay($"dify-api:{OlderTag}", $"dify-api:{NewerTag}", $"Revision 2 of {release} is rolled out", proof);
        Assert.Equal($"sh.helm.release.v1.{release}.v2", await AskAsync("get", "secrets", "-l", "owner=helm,status=deployed", "-o", "jsonpath={.items[*].metadata.name}"));
    }

    [Fact]
    public async Task Of_another_chart_every_kind_and_label_serves_the_file_by_what_kubectl_sees()
    {
        (await RunAsync("example-other-chart", [], "--install", "--config-map-drift", "apply")).MustExitWith(0);
        var pods = (await AskAsync("get", "pods", "-l", "app.kubernetes.io/part-of=chat-platform", "-o", "name")).Split('\n');
        Assert.Contains("pod/chat-jobs-0", pods);
        Assert.Equal(4, pods.Length);
        foreach (var pod in pods)
            Assert.StartsWith(PromptsSha256, await AskAsync("exec", pod, "--", "sha256sum", "/app/api/core/llm_generator/prompts.py"), StringComparison.Ordinal);
    }

    [Fact]
    public void No_example_is_left_out()
    {
        var named = typeof(ExampleScenarios).GetMethod(nameof(An_example_is_installed_and_upgraded_as_its_profile_says))!.GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(attribute => ((IReadOnlyCollection<System.Reflection.CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!).First().Value);
        var readme = File.ReadAllText(Workspace.At("charts/examples/README.md"));
        var profiles = Directory.EnumerateFiles(Workspace.At(".nuke"), "parameters.example-*.json").Select(file => Path.GetFileName(file)["parameters.".Length..^".json".Length]).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(profiles, named.Cast<string>().Order(StringComparer.Ordinal));
        Assert.All(profiles, profile => Assert.Contains($"`./build.sh Upgrade --sandbox --profile {profile}`", readme, StringComparison.Ordinal));
    }

    private async Task<Run> RunAsync(string profile, string[] moreValues, params string[] arguments)
    {
        string[] fast = profile == "example-other-chart" ? [] : ["values-fast.yaml"];
        return await Run.OfAsync(Workspace.Build([
            "Upgrade",
            "--profile", profile,
            "--namespace", Namespace,
            "--kubeconfig", Cluster.Kubeconfig,
            "--kube-context", Cluster.Context,
            "--timeout", "5m",
            "--values-files", .. ValuesOf(profile), .. fast, .. moreValues,
            .. arguments,
        ]));
    }

    private string[] ValuesOf(string profile)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Workspace.At($".nuke/parameters.{profile}.json")));
        return [.. json.RootElement.GetProperty("ValuesFiles").EnumerateArray().Select(file => file.GetString()!)];
    }
}
