using System.Text.Json.Nodes;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Pods;

public sealed class VolumeTests : IDisposable
{
    private const string Volumes = """ "volumes":[{"name":"v","configMap":{"name":"map"}}], """;
    private const string Folder = """ "volumeMounts":[{"name":"v","mountPath":"/v"}] """;

    private readonly SimulatedNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task A_folder_is_refreshed_within_a_minute_and_a_subPath_only_by_a_restart()
    {
        _node.ConfigMap("map", ("a", "old"));
        _node.Start(Container(""" "volumeMounts":[{"name":"v","mountPath":"/v"},{"name":"v","mountPath":"/one/a","subPath":"a"}] """), Volumes);
        _node.Pass(5);
        _node.ConfigMap("map", ("a", "new"));
        _node.Pass(1);
        Assert.Equal("oldold", await OutputAsync("cat", "/v/a", "/one/a"));

        _node.Pass(60);
        Assert.Equal("newold", await OutputAsync("cat", "/v/a", "/one/a"));

        await _node.ExecAsync("one", "sh", "-c", "kill 1");
        _node.Pass(4);
        Assert.Equal(1, _node.Container().Number("restartCount"));
        Assert.Equal("newnew", await OutputAsync("cat", "/v/a", "/one/a"));
    }

    [Fact]
    public async Task Keys_come_and_go_in_a_folder()
    {
        _node.ConfigMap("map", ("a", "1"), ("b", "2"));
        _node.Start(Container(Folder), Volumes);
        _node.Pass(5);
        Assert.Equal("a\nb\n", await OutputAsync("ls", "/v"));
        _node.ConfigMap("map", ("c", "3"));
        _node.Pass(61);
        Assert.Equal("c\n", await OutputAsync("ls", "/v"));
        Assert.Equal("..data/c\n", await OutputAsync("readlink", "/v/c"));
    }

    [Fact]
    public void A_missing_ConfigMap_keeps_the_pod_waiting_until_it_is_there()
    {
        _node.Start(Container(Folder), Volumes);
        _node.Pass(10);
        Assert.Equal(("Pending", "ContainerCreating"), (_node.Pod().Text("status", "phase"), _node.State()));
        Assert.Equal(["Warning FailedMount MountVolume.SetUp failed for volume \"v\" : configmap \"map\" not found"], _node.Events());
        _node.ConfigMap("map", ("a", "1"));
        _node.Pass(20);
        Assert.Equal("Running", _node.State());
    }

    [Theory]
    [InlineData("""{"name":"map","items":[{"key":"b","path":"b"}]}""", "configmap references non-existent config key: b")]
    [InlineData("""{"name":"map","items":[{"key":"b","path":"b"}],"optional":true}""", null)]
    [InlineData("""{"name":"nope","optional":true}""", null)]
    public void A_missing_key_is_told_unless_it_is_optional(string source, string? problem)
    {
        _node.ConfigMap("map", ("a", "1"));
        _node.Start(Container(Folder), $$""" "volumes":[{"name":"v","configMap":{{source}}}], """);
        _node.Pass(5);
        Assert.Equal(problem is null ? "Running" : "ContainerCreating", _node.State());
        Assert.Equal(problem is null ? [] : [$"Warning FailedMount MountVolume.SetUp failed for volume \"v\" : {problem}"], _node.Events().Where(text => text.Contains("FailedMount", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(""" "csi":{"driver":"disk.example","volumeHandle":"a"} """, "disk.example CSI driver to attach volume a")]
    [InlineData(""" "awsElasticBlockStore":{"volumeID":"vol-1"} """, "ebs.csi.aws.com CSI driver to attach volume vol-1")]
    public void A_volume_that_nobody_attaches_keeps_the_pod_waiting(string source, string why)
    {
        _node.Store.Create(ResourceTypes.PersistentVolumes, (JsonObject)JsonNode.Parse($$$"""{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"disk"},"spec":{{{{source}}}}}""")!);
        _node.Store.Create(ResourceTypes.PersistentVolumeClaims, (JsonObject)JsonNode.Parse("""{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"claim","namespace":"dify"},"spec":{"volumeName":"disk"}}""")!);
        _node.Start(Container(Folder), """ "volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"claim"}}], """);
        _node.Pass(100);
        Assert.Empty(_node.Events());
        _node.Pass(60);
        Assert.Equal(("Pending", "ContainerCreating"), (_node.Pod().Text("status", "phase"), _node.State()));
        Assert.Contains($"Warning FailedAttachVolume AttachVolume.Attach failed for volume \"disk\" : timed out waiting for external-attacher of {why}", _node.Events());
    }

    [Fact]
    public void A_subPath_that_is_missing_over_a_file_of_the_image_fails_the_start()
    {
        _node.ConfigMap("map", ("a", "1"));
        _node.Start("""{"name":"web","image":"langgenius/dify-api:1.12.1","volumeMounts":[{"name":"v","mountPath":"/app/api/core/llm_generator/prompts.py","subPath":"prompts.py"}]}""", Volumes);
        _node.Pass(5);
        Assert.Equal("StartError", _node.Container().Text("lastState", "terminated", "reason"));
        Assert.Contains("to rootfs at \"/app/api/core/llm_generator/prompts.py\"", _node.Container().Text("lastState", "terminated", "message"), StringComparison.Ordinal);
        Assert.Contains("not a directory", _node.Container().Text("lastState", "terminated", "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mounts_and_their_modes_are_seen_in_the_container()
    {
        _node.ConfigMap("map", ("a", "1"));
        _node.Start(Container(""" "volumeMounts":[{"name":"v","mountPath":"/v"},{"name":"v","mountPath":"/one/a b","subPath":"a"},{"name":"w","mountPath":"/w"},{"name":"w","mountPath":"/w-ro","readOnly":true}] """), """ "volumes":[{"name":"v","configMap":{"name":"map"}},{"name":"w","emptyDir":{}}], """);
        _node.Pass(5);

        var mounts = (await OutputAsync("cat", "/proc/self/mountinfo")).Split('\n').Where(line => line.Length > 0).Select(line => line.Split(' ')).ToDictionary(fields => fields[4], fields => fields[5].Split(',')[0]);
        Assert.Equal(("rw", "ro", "ro", "rw", "ro"), (mounts["/"], mounts["/v"], mounts["/one/a\\040b"], mounts["/w"], mounts["/w-ro"]));
        Assert.Contains("/dev/vda1 /w ext4 rw,relatime 0 0", await OutputAsync("cat", "/proc/mounts"), StringComparison.Ordinal);
        Assert.Equal((1, "", "sh: can't create /v/a: Read-only file system\n"), await _node.ExecAsync("one", "sh", "-c", "echo x > /v/a"));
        Assert.Equal((0, "x\n", ""), await _node.ExecAsync("one", "sh", "-c", "echo x > /w/f && cat /w-ro/f"));
        Assert.Equal((1, "", "touch: /w-ro/f: Read-only file system\n"), await _node.ExecAsync("one", "touch", "/w-ro/f"));
    }

    [Fact]
    public async Task Modes_items_and_the_downward_API_are_projected()
    {
        _node.ConfigMap("map", ("a", "1"));
        _node.Start(Container(Folder), """ "volumes":[{"name":"v","projected":{"defaultMode":256,"sources":[{"configMap":{"name":"map","items":[{"key":"a","path":"sub/x","mode":292}]}},{"downwardAPI":{"items":[{"path":"labels","fieldRef":{"fieldPath":"metadata.labels"}}]}}]}}], """);
        _node.Pass(5);
        Assert.Equal("444 1\n", await OutputAsync("stat", "-L", "-c", "%a %s", "/v/sub/x"));
        Assert.Equal("400\n", await OutputAsync("stat", "-L", "-c", "%a", "/v/labels"));
        Assert.Equal("app=\"one\"", await OutputAsync("cat", "/v/labels"));
    }

    [Theory]
    [InlineData("""{"name":"X","valueFrom":{"configMapKeyRef":{"name":"map","key":"b"}}}""", "couldn't find key b in ConfigMap dify/map")]
    [InlineData("""{"name":"X","valueFrom":{"configMapKeyRef":{"name":"nope","key":"b"}}}""", "configmap \"nope\" not found")]
    [InlineData("""{"name":"X","valueFrom":{"secretKeyRef":{"name":"nope","key":"b"}}}""", "secret \"nope\" not found")]
    public void A_variable_from_something_missing_is_an_error_of_the_configuration(string variable, string said)
    {
        _node.ConfigMap("map", ("a", "1"));
        _node.Start(Container($$""" "env":[{{variable}}] """));
        _node.Pass(3);
        Assert.Equal(("CreateContainerConfigError", said), (_node.State(), _node.Container().Text("state", "waiting", "message")));
        Assert.Contains($"Warning Failed Error: {said}", _node.Events());
    }

    [Fact]
    public async Task The_environment_comes_from_image_maps_and_spec()
    {
        _node.ConfigMap("map", ("A", "1"), ("B", "2"));
        _node.Start(Container(""" "envFrom":[{"configMapRef":{"name":"map"},"prefix":"P_"}],"env":[{"name":"C","value":"$(P_A)-$(NOPE)-$$(P_A)"},{"name":"POD","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}},{"name":"D","valueFrom":{"configMapKeyRef":{"name":"map","key":"B"}}}] """));
        _node.Pass(5);
        Assert.Equal("1-$(NOPE)-$(P_A)\none\n2\n2\none\n", await OutputAsync("printenv", "C", "POD", "D", "P_B", "HOSTNAME"));
    }

    private static string Container(string rest) => $$"""{"name":"web","image":"nginx",{{rest}}}""";

    private async Task<string> OutputAsync(params string[] command)
    {
        var (code, output, error) = await _node.ExecAsync("one", command);
        Assert.True(code == 0, $"{string.Join(' ', command)}: {code} {error}");
        return output;
    }
}
