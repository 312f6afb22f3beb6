using System.Text.Json.Nodes;
using DifyUpgrade.Probing;
using Xunit;

namespace DifyUpgrade.Tests.Probing;

public sealed class ProbePodTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["dify-upgrade/probe-of"] = "dify" };

    [Fact]
    public void It_demands_nothing_that_Pod_Security_restricted_forbids()
    {
        var spec = Write("{}")["spec"]!;
        var container = spec["containers"]![0]!;
        Assert.False(spec["automountServiceAccountToken"]!.GetValue<bool>());
        Assert.True(spec["securityContext"]!["runAsNonRoot"]!.GetValue<bool>());
        Assert.Equal("RuntimeDefault", spec["securityContext"]!["seccompProfile"]!["type"]!.GetValue<string>());
        Assert.False(container["securityContext"]!["allowPrivilegeEscalation"]!.GetValue<bool>());
        Assert.Equal("[\"ALL\"]", container["securityContext"]!["capabilities"]!["drop"]!.ToJsonString());
        Assert.Equal(["configMap"], spec["volumes"]!.AsArray().SelectMany(volume => volume!.AsObject().Select(one => one.Key)).Where(key => key != "name"));
        Assert.Null(spec["serviceAccountName"]);
    }

    [Fact]
    public void It_is_bounded_in_time_and_resources()
    {
        var spec = Write("{}")["spec"]!;
        Assert.Equal(("Never", 600), (spec["restartPolicy"]!.GetValue<string>(), spec["activeDeadlineSeconds"]!.GetValue<int>()));
        Assert.NotNull(spec["containers"]![0]!["resources"]!["limits"]!["memory"]);
        Assert.NotNull(spec["containers"]![0]!["resources"]!["requests"]!["cpu"]);
    }

    [Fact]
    public void It_is_pulled_and_placed_as_the_workload_is_but_gets_nothing_else_of_it()
    {
        var pod = Write("""{"imagePullSecrets":[{"name":"registry"}],"nodeSelector":{"a":"b"},"serviceAccountName":"dify","containers":[{"image":"dify-api:1","imagePullPolicy":"Always","env":[{"name":"SECRET"}]}]}""");
        Assert.Equal("registry", pod["spec"]!["imagePullSecrets"]![0]!["name"]!.GetValue<string>());
        Assert.Equal("b", pod["spec"]!["nodeSelector"]!["a"]!.GetValue<string>());
        Assert.Equal("Always", pod["spec"]!["containers"]![0]!["imagePullPolicy"]!.GetValue<string>());
        Assert.DoesNotContain("SECRET", pod.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("serviceAccountName", pod.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/app/api/core/llm_generator/prompts.py", "core.llm_generator.prompts")]
    [InlineData("/app/api/extra.py", "extra")]
    [InlineData("/app/api/extra.txt", null)]
    [InlineData("/etc/extra.py", null)]
    public void A_path_in_the_code_is_a_module(string path, string? module) => Assert.Equal(module, PromptProbes.ModuleAt(path));

    private static JsonObject Write(string podSpec) => ProbePod.Write(
        "probe",
        Labels,
        new ProbeRequest { Image = "dify-api:1", Modules = [("a.b", "b.py")], Files = new Dictionary<string, ReadOnlyMemory<byte>> { ["b.py"] = default }, PodSpec = JsonNode.Parse(podSpec)!.AsObject() },
        TimeSpan.FromMinutes(10));
}
