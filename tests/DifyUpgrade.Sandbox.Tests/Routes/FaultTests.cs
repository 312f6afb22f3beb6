using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes;

public sealed class FaultTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    [Theory]
    [InlineData(409, "Conflict")]
    [InlineData(410, "Expired")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(500, "InternalError")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task A_scripted_status_is_answered_as_often_as_asked_and_nothing_is_done(int code, string reason)
    {
        var path = $"/api/v1/namespaces/{await sandbox.NewNamespaceAsync()}/configmaps";
        await ScriptAsync(new JsonObject { ["kind"] = "status", ["status"] = code, ["retryAfter"] = 7, ["method"] = "POST", ["path"] = path, ["times"] = 2 });

        Assert.Equal("7", (await sandbox.PostAsync(path, Samples.ConfigMap("one"))).MustBe(code, reason).RetryAfter);
        (await sandbox.PostAsync(path, Samples.ConfigMap("one"))).MustBe(code, reason);
        (await sandbox.PostAsync(path, Samples.ConfigMap("one"))).MustBe(201);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refused_request_does_nothing_and_a_reset_one_does_everything(bool http2)
    {
        var path = $"/api/v1/namespaces/{await sandbox.NewNamespaceAsync()}/configmaps";
        await ScriptAsync(new JsonObject { ["kind"] = "refused", ["method"] = "POST", ["path"] = path, ["times"] = 1 });
        await ScriptAsync(new JsonObject { ["kind"] = "reset", ["method"] = "POST", ["path"] = path, ["times"] = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => PostOnceAsync(path, "refused", http2));
        await Assert.ThrowsAsync<HttpRequestException>(() => PostOnceAsync(path, "reset", http2));

        (await sandbox.GetAsync(path + "/refused")).MustBe(404);
        (await sandbox.GetAsync(path + "/reset")).MustBe(200);
    }

    [Fact]
    public async Task A_slow_request_is_answered_in_the_end()
    {
        await ScriptAsync(new JsonObject { ["kind"] = "slow", ["delaySeconds"] = 0.2, ["path"] = "/apis/apps/v1/replicasets", ["times"] = 1 });

        (await sandbox.GetAsync("/apis/apps/v1/replicasets")).MustBe(200);
        Assert.DoesNotContain("replicasets", (await sandbox.GetAsync("/sandbox/faults")).Text);
    }

    [Fact]
    public async Task Rules_are_listed_and_cleared_by_their_id()
    {
        var id = (await ScriptAsync(new JsonObject { ["kind"] = "image-pull", ["pod"] = "api-*", ["labels"] = new JsonObject { ["app"] = "api" } })).Text("id");
        Assert.Contains(JsonNode.Parse((await sandbox.GetAsync("/sandbox/faults")).Text)!.AsArray(), rule => rule.Text("id") == id && rule.Text("pod") == "api-*");

        Assert.Equal(1, (await sandbox.DeleteAsync("/sandbox/faults?id=" + id)).MustBe(200).Json.Number("cleared"));
        Assert.DoesNotContain($"\"{id}\"", (await sandbox.GetAsync("/sandbox/faults")).Text);
    }

    [Fact]
    public async Task A_rule_that_cannot_mean_anything_is_refused_with_all_its_problems()
    {
        var answer = await sandbox.PostAsync("/sandbox/faults", new JsonObject { ["kind"] = "gremlins", ["tims"] = 1, ["status"] = 200, ["times"] = "often" });

        foreach (var problem in new[] { "unknown field \"tims\"", "kind is \"gremlins\"", "status must be between 400 and 599", "times must be a whole number" })
            Assert.Contains(problem, answer.MustBe(400, "BadRequest").Message);
    }

    private async Task PostOnceAsync(string path, string name, bool http2)
    {
        using var client = sandbox.Client(version: http2 ? HttpVersion.Version20 : HttpVersion.Version11);
        using var content = new StringContent(Samples.ConfigMap(name).ToJsonString());
        content.Headers.ContentType = new("application/json");
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<JsonNode?> ScriptAsync(JsonObject rule) => (await sandbox.PostAsync("/sandbox/faults", rule)).MustBe(201).Json;
}
