using System.Text;
using System.Text.Json.Nodes;
using DifyUpgrade.Cluster;
using Xunit;

namespace DifyUpgrade.Tests.Cluster;

public sealed class ConfigMapsTests
{
    private const string Collection = "/api/v1/namespaces/dify/configmaps";
    private const string Path = $"{Collection}/prompts";

    private const string Live = """
        {"apiVersion":"v1","kind":"ConfigMap","immutable":true,
         "metadata":{"name":"prompts","namespace":"dify","uid":"u1","resourceVersion":"7","labels":{"team":"ai"},"annotations":{"kept":"yes"}},
         "data":{"prompts.py":"A = 'ü'\n","old.py":"1"},"binaryData":{"logo.png":"//4A"}}
        """;

    private static readonly ConfigMapWish Wish = new()
    {
        Namespace = "dify",
        Name = "prompts",
        Files = new Dictionary<string, ReadOnlyMemory<byte>> { ["prompts.py"] = "提示 😀"u8.ToArray(), ["blob"] = new byte[] { 0xc3, 0x28 } },
        Labels = new Dictionary<string, string> { ["owner"] = "dify-upgrade" },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_reads_text_and_binary_keys_alike()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Path}", 200, Live);
        using var client = api.Client();

        var map = (await client.ConfigMaps.ReadAsync("dify", "prompts", Cancellation))!;
        Assert.Equal("A = 'ü'\n", Encoding.UTF8.GetString(map.Files["prompts.py"].Span));
        Assert.Equal(new byte[] { 0xff, 0xfe, 0 }, map.Files["logo.png"].ToArray());
        Assert.Equal((true, "7", "u1", "ai", "yes"), (map.Immutable, map.ResourceVersion, map.Uid, map.Labels["team"], map.Annotations["kept"]));
    }

    [Fact]
    public async Task Applying_replaces_all_keys_at_the_version_read_and_keeps_the_rest()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Path}", 200, Live).On($"PUT {Path}", 200, Live);
        using var client = api.Client();

        await client.ConfigMaps.ApplyAsync(Wish, dryRun: false, Cancellation);
        var put = api.Seen.Last();
        Assert.Equal("?fieldManager=dify-upgrade", put.Query);
        Assert.Contains("提示", put.Body, StringComparison.Ordinal);
        var sent = JsonNode.Parse(put.Body)!;
        Assert.Equal("""{"prompts.py":"提示 😀"}""", Compact(sent["data"]));
        Assert.Equal("""{"blob":"wyg="}""", Compact(sent["binaryData"]));
        Assert.Equal("""{"team":"ai","owner":"dify-upgrade"}""", Compact(sent["metadata"]!["labels"]));
        Assert.Equal(("7", "yes"), ((string?)sent["metadata"]!["resourceVersion"], (string?)sent["metadata"]!["annotations"]!["kept"]));
    }

    [Fact]
    public async Task Applying_creates_what_is_not_there_and_a_dry_run_says_so()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Path}", 404, ScriptedApi.NotFound("configmaps", "prompts")).On($"POST {Collection}", 201, Live);
        using var client = api.Client();

        await client.ConfigMaps.ApplyAsync(Wish, dryRun: true, Cancellation);
        Assert.Equal(("POST", "?fieldManager=dify-upgrade&dryRun=All"), (api.Seen.Last().Method, api.Seen.Last().Query));
    }

    [Fact]
    public async Task A_conflict_is_decided_again_on_what_is_there_now()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Path}", 200, Live).On($"GET {Path}", 200, Live.Replace("\"7\"", "\"8\"", StringComparison.Ordinal))
            .On($"PUT {Path}", 409, ScriptedApi.Status(409, "Conflict", "the object has been modified")).On($"PUT {Path}", 200, Live);
        using var client = api.Client();

        await client.ConfigMaps.ApplyAsync(Wish, dryRun: false, Cancellation);
        Assert.Equal("8", (string?)JsonNode.Parse(api.Seen.Last().Body)!["metadata"]!["resourceVersion"]);
    }

    [Fact]
    public async Task Endless_conflicts_end()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Path}", 200, Live).On($"PUT {Path}", 409, ScriptedApi.Status(409, "Conflict", "the object has been modified"));
        using var client = api.Client();

        var failure = await Assert.ThrowsAsync<ClusterException>(() => client.ConfigMaps.ApplyAsync(Wish, dryRun: false, Cancellation));
        Assert.Equal((ClusterFailure.Conflict, 5), (failure.Failure, api.Seen.Count(request => request.Method == "PUT")));
    }

    [Fact]
    public async Task Deleting_tells_whether_there_was_one()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"DELETE {Path}", 200, """{"kind":"Status","status":"Success"}""").On($"DELETE {Path}", 404, ScriptedApi.NotFound("configmaps", "prompts"));
        using var client = api.Client();

        Assert.True(await client.ConfigMaps.DeleteAsync("dify", "prompts", Cancellation));
        Assert.False(await client.ConfigMaps.DeleteAsync("dify", "prompts", Cancellation));
    }

    private static string Compact(JsonNode? node) => Encoding.UTF8.GetString(ApiJson.Write((JsonObject)node!)).Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal);
}
