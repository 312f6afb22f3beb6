using System.Text.Json.Nodes;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes;

public sealed class DeleteTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    [Fact]
    public async Task What_nothing_holds_is_gone_and_the_answer_says_which()
    {
        var path = await ConfigMapAsync("one");
        var uid = (await sandbox.GetAsync(path)).Json.Text("metadata", "uid");

        var answer = (await sandbox.DeleteAsync(path)).MustBe(200);
        Assert.Equal(("Success", uid), (answer.Json.Text("status"), answer.Json.Text("details", "uid")));
        (await sandbox.GetAsync(path)).MustBe(404);
        (await sandbox.DeleteAsync(path)).MustBe(404, "NotFound");
    }

    [Fact]
    public async Task A_precondition_that_does_not_hold_is_a_conflict()
    {
        var path = await ConfigMapAsync("one");

        (await sandbox.DeleteAsync(path, JsonNode.Parse("""{"preconditions":{"uid":"another"}}"""))).MustBe(409, "Conflict");
        (await sandbox.DeleteAsync(path, JsonNode.Parse("""{"preconditions":{"resourceVersion":"1"}}"""))).MustBe(409, "Conflict");
        (await sandbox.DeleteAsync(path, JsonNode.Parse("""{"propagationPolicy":"Sideways"}"""))).MustBe(422, "Invalid");
        (await sandbox.GetAsync(path)).MustBe(200);
    }

    [Fact]
    public async Task A_finalizer_holds_until_it_is_taken_off()
    {
        var path = await ConfigMapAsync("one");
        (await sandbox.PatchAsync(path, JsonNode.Parse("""{"metadata":{"finalizers":["example.com/hold"]}}""")!)).MustBe(200);

        Assert.NotNull((await sandbox.DeleteAsync(path)).MustBe(200).Json.Text("metadata", "deletionTimestamp"));
        (await sandbox.GetAsync(path)).MustBe(200);
        (await sandbox.PatchAsync(path, JsonNode.Parse("""{"metadata":{"finalizers":null}}""")!)).MustBe(200);
        (await sandbox.GetAsync(path)).MustBe(404);
    }

    [Fact]
    public async Task A_selection_is_deleted_and_the_rest_stays()
    {
        var space = await sandbox.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/configmaps";
        foreach (var name in new[] { "a", "b", "c" })
        {
            var body = Samples.ConfigMap(name);
            body.Child("metadata")["labels"] = new JsonObject { ["odd"] = name == "b" ? "no" : "yes" };
            (await sandbox.PostAsync(path, body)).MustBe(201);
        }

        Assert.Equal(2, (await sandbox.DeleteAsync(path + "?labelSelector=odd=yes")).MustBe(200).Json.Items("items").Count());
        (await sandbox.GetAsync(path + "/b")).MustBe(200);
        (await sandbox.GetAsync(path + "/a")).MustBe(404);
    }

    [Fact]
    public async Task A_budget_stops_an_eviction()
    {
        var space = await sandbox.NewNamespaceAsync();
        (await sandbox.PostAsync($"/api/v1/namespaces/{space}/pods", Samples.Pod("web"))).MustBe(201);
        var budget = JsonNode.Parse("""{"metadata":{"name":"all"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"web"}}}}""")!;
        (await sandbox.PostAsync($"/apis/policy/v1/namespaces/{space}/poddisruptionbudgets", budget)).MustBe(201);

        var refusal = await sandbox.PostAsync($"/api/v1/namespaces/{space}/pods/web/eviction", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "web" } });
        Assert.Equal("Cannot evict pod as it would violate the pod's disruption budget.", refusal.MustBe(429, "TooManyRequests").Message);
        (await sandbox.DeleteAsync($"/apis/policy/v1/namespaces/{space}/poddisruptionbudgets/all")).MustBe(200);
        (await sandbox.PostAsync($"/api/v1/namespaces/{space}/pods/web/eviction", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "web" } })).MustBe(201);
    }

    private async Task<string> ConfigMapAsync(string name)
    {
        var path = $"/api/v1/namespaces/{await sandbox.NewNamespaceAsync()}/configmaps";
        (await sandbox.PostAsync(path, Samples.ConfigMap(name))).MustBe(201);
        return $"{path}/{name}";
    }
}
