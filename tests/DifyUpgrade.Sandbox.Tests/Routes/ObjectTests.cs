using System.Text.Json.Nodes;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes;

public sealed class ObjectTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    [Fact]
    public async Task A_new_object_gets_what_the_server_gives_it()
    {
        var path = await ConfigMapsAsync();
        var sent = Samples.ConfigMap("one");
        sent.Child("metadata")["uid"] = "mine";
        sent.Child("metadata")["generation"] = 7;

        var created = (await sandbox.PostAsync(path, sent)).MustBe(201).Json;
        var read = (await sandbox.GetAsync(path + "/one")).MustBe(200).Json;

        Assert.True(JsonNode.DeepEquals(created, read), $"{created} {read}");
        Assert.NotEqual("mine", created.Text("metadata", "uid"));
        Assert.Null(created.Number("metadata", "generation"));
        Assert.NotNull(created.Text("metadata", "resourceVersion"));
        (await sandbox.PostAsync(path, Samples.ConfigMap("one"))).MustBe(409, "AlreadyExists");
        (await sandbox.GetAsync(path + "/two")).MustBe(404, "NotFound");
    }

    [Fact]
    public async Task A_generated_name_begins_as_asked()
    {
        var body = Samples.ConfigMap("");
        body["metadata"] = new JsonObject { ["generateName"] = "some-" };

        Assert.Matches("^some-[bcdfghjklmnpqrstvwxz2456789]{5}$", (await sandbox.PostAsync(await ConfigMapsAsync(), body)).MustBe(201).Json.Text("metadata", "name"));
    }

    [Fact]
    public async Task Nothing_is_created_in_a_namespace_that_is_not_there_or_on_its_way_out()
    {
        (await sandbox.PostAsync("/api/v1/namespaces/nowhere/configmaps", Samples.ConfigMap("one"))).MustBe(404, "NotFound");
        var space = await sandbox.NewNamespaceAsync();
        var held = Samples.ConfigMap("held");
        held.Child("metadata")["finalizers"] = new JsonArray("example.com/hold");
        (await sandbox.PostAsync($"/api/v1/namespaces/{space}/configmaps", held)).MustBe(201);
        (await sandbox.DeleteAsync($"/api/v1/namespaces/{space}")).MustBe(200);

        Assert.Contains("because it is being terminated", (await sandbox.PostAsync($"/api/v1/namespaces/{space}/configmaps", Samples.ConfigMap("one"))).MustBe(403, "Forbidden").Message);
    }

    [Fact]
    public async Task A_change_of_an_older_version_is_a_conflict()
    {
        var path = await ConfigMapsAsync();
        var first = (JsonObject)(await sandbox.PostAsync(path, Samples.ConfigMap("one"))).MustBe(201).Json!;
        (await sandbox.PatchAsync(path + "/one", JsonNode.Parse("""{"data":{"key":"other"}}""")!)).MustBe(200);

        first["data"] = new JsonObject { ["key"] = "third" };
        Assert.EndsWith(
            "the object has been modified; please apply your changes to the latest version and try again",
            (await sandbox.SendAsync(HttpMethod.Put, path + "/one", first)).MustBe(409, "Conflict").Message);
        first.Child("metadata").Remove("resourceVersion");
        (await sandbox.SendAsync(HttpMethod.Put, path + "/one", first)).MustBe(200);
    }

    [Theory]
    [InlineData("strategic-merge-patch+json", """{"data":7}""", 422, "Invalid", " \"\" is invalid: patch: Invalid value: \"map[data:7]\": json: cannot unmarshal number into Go struct field ConfigMap.data of type map[string]string")]
    [InlineData("merge-patch+json", """{"data":7}""", 422, "Invalid", " \"\" is invalid: patch: Invalid value: \"{")]
    [InlineData("json-patch+json", """[{"op":"replace","path":"/data","value":7}]""", 422, "Invalid", " \"\" is invalid: patch: Invalid value: \"{")]
    [InlineData("json-patch+json", """[{"op":"remove","path":"/nope"}]""", 422, "Invalid", "the server rejected our request due to an error in our request")]
    [InlineData("json-patch+json", """{"a":1}""", 400, "BadRequest", "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp")]
    [InlineData("strategic-merge-patch+json", "[1]", 400, "BadRequest", "json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData("merge-patch+json", "[1]", 400, "BadRequest", "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}")]
    public async Task A_patch_that_does_not_fit_is_refused_as_the_real_server_does(string kind, string patch, int code, string reason, string message)
    {
        var path = await ConfigMapsAsync();
        (await sandbox.PostAsync(path, Samples.ConfigMap("one"))).MustBe(201);
        Assert.StartsWith(message, (await sandbox.PatchAsync(path + "/one", JsonNode.Parse(patch)!, kind)).MustBe(code, reason).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("merge-patch+json", "{\"data\":{", "error decoding patch: unexpected end of JSON input")]
    [InlineData("merge-patch+json", "", "error decoding patch: unexpected end of JSON input")]
    [InlineData("merge-patch+json", "null", "Invalid JSON Patch")]
    [InlineData("json-patch+json", "[", "error decoding patch: unexpected end of JSON input")]
    [InlineData("strategic-merge-patch+json", "{\"data\":{\"k", "unexpected end of JSON input")]
    [InlineData("apply-patch+yaml", "{\"data\":{", "error decoding YAML: unexpected end of JSON input")]
    [InlineData("merge-patch+json", "{\"data\":}", "error decoding patch: '}' is an invalid start of a value")]
    public async Task A_patch_that_is_no_JSON_is_refused_as_the_real_server_does_since_1_25(string kind, string patch, string message)
    {
        var path = await ConfigMapsAsync();
        (await sandbox.PostAsync(path, Samples.ConfigMap("one"))).MustBe(201);
        using var client = sandbox.Client();
        using var content = new StringContent(patch, new System.Net.Http.Headers.MediaTypeHeaderValue($"application/{kind}"));
        using var response = await client.PatchAsync(new Uri($"{path}/one?fieldManager=test", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.StartsWith(message, (await SandboxAnswer.OfAsync(response)).MustBe(400, "BadRequest").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_without_its_merge_key_fails_without_a_reason_as_in_the_real_server()
    {
        var path = $"/apis/apps/v1/namespaces/{await sandbox.NewNamespaceAsync()}/deployments";
        (await sandbox.PostAsync(path, Samples.Deployment("one", 0))).MustBe(201);
        var patch = JsonNode.Parse("""{"spec":{"template":{"spec":{"containers":[{"image":"x"}]}}}}""")!;
        var answer = (await sandbox.PatchAsync(path + "/one", patch, "strategic-merge-patch+json")).MustBe(500);
        Assert.Equal((null, "map: map[image:x] does not contain declared merge key: name"), (answer.Reason, answer.Message));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{}]")]
    public async Task Whoever_takes_the_managed_fields_out_takes_them_out(string none)
    {
        var path = await ConfigMapsAsync();
        Assert.NotEmpty((await sandbox.PostAsync(path, Samples.ConfigMap("one"))).MustBe(201).Json.Items("metadata", "managedFields"));
        var patched = (await sandbox.PatchAsync(path + "/one", JsonNode.Parse($$$"""{"metadata":{"managedFields":{{{none}}}}}""")!)).MustBe(200).Json;

        Assert.Null(patched.At("metadata", "managedFields"));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_keeps_the_version()
    {
        var path = await ConfigMapsAsync();
        var first = (await sandbox.PostAsync(path, Samples.ConfigMap("one"))).MustBe(201).Json;
        var same = (await sandbox.PatchAsync(path + "/one?fieldManager=somebody-else", JsonNode.Parse("""{"data":{"key":"value"}}""")!)).MustBe(200).Json;

        Assert.True(JsonNode.DeepEquals(first, same), $"{first} {same}");
    }

    [Fact]
    public async Task A_change_of_the_spec_is_another_generation_and_one_of_the_status_is_not()
    {
        var path = $"/apis/apps/v1/namespaces/{await sandbox.NewNamespaceAsync()}/deployments";
        var body = Samples.Deployment("web", 0);
        body.Child("spec")["paused"] = true;
        Assert.Equal(1, (await sandbox.PostAsync(path, body)).MustBe(201).Json.Number("metadata", "generation"));

        var changed = await sandbox.PatchAsync(path + "/web", JsonNode.Parse("""{"spec":{"minReadySeconds":5},"status":{"replicas":9}}""")!);
        Assert.Equal((2, null), (changed.MustBe(200).Json.Number("metadata", "generation"), changed.Json.Number("status", "replicas")));
        var status = await sandbox.PatchAsync(path + "/web/status", JsonNode.Parse("""{"spec":{"minReadySeconds":6},"status":{"collisionCount":9}}""")!);
        Assert.Equal((2, 5, 9), (status.MustBe(200).Json.Number("metadata", "generation"), status.Json.Number("spec", "minReadySeconds"), status.Json.Number("status", "collisionCount")));
    }

    [Fact]
    public async Task A_dry_run_answers_as_if_and_stores_nothing()
    {
        var path = await ConfigMapsAsync();
        Assert.NotNull((await sandbox.PostAsync(path + "?dryRun=All", Samples.ConfigMap("one"))).MustBe(201).Json.Text("metadata", "uid"));
        (await sandbox.GetAsync(path + "/one")).MustBe(404);
        var stored = (await sandbox.PostAsync(path, Samples.ConfigMap("one"))).MustBe(201).Json;

        var foreseen = await sandbox.PatchAsync(path + "/one?dryRun=All", JsonNode.Parse("""{"data":{"key":"other"}}""")!);
        Assert.Equal("other", foreseen.MustBe(200).Json.Text("data", "key"));
        (await sandbox.DeleteAsync(path + "/one?dryRun=All")).MustBe(200);
        Assert.True(JsonNode.DeepEquals(stored, (await sandbox.GetAsync(path + "/one")).Json));
        (await sandbox.PostAsync(path + "?dryRun=Some", Samples.ConfigMap("two"))).MustBe(422, "Invalid");
    }

    [Fact]
    public async Task Unknown_fields_are_refused_warned_about_or_dropped_as_asked()
    {
        var path = $"/apis/apps/v1/namespaces/{await sandbox.NewNamespaceAsync()}/deployments";
        var body = Samples.Deployment("web", 0);
        body.Child("spec")["replcas"] = 3;
        body.At("spec", "template", "spec")!.AsObject()["containers"]![0]!["imge"] = "x";

        Assert.Contains("unknown field \"spec.replcas\"", (await sandbox.PostAsync(path + "?fieldValidation=Strict", body.DeepClone())).MustBe(400, "BadRequest").Message);
        var warned = (await sandbox.PostAsync(path, body.DeepClone())).MustBe(201);
        Assert.Contains("unknown field \\\"spec.", warned.Warning);
        Assert.Null(warned.Json.At("spec", "replcas"));
        Assert.DoesNotContain("imge", warned.Text);
        body.Child("metadata")["name"] = "web-2";
        Assert.Null((await sandbox.PostAsync(path + "?fieldValidation=Ignore", body)).MustBe(201).Warning);
    }

    [Fact]
    public async Task A_lease_says_which_version_it_replaces()
    {
        var path = $"/apis/coordination.k8s.io/v1/namespaces/{await sandbox.NewNamespaceAsync()}/leases";
        var lease = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "lock" }, ["spec"] = new JsonObject { ["holderIdentity"] = "me" } };
        (await sandbox.PostAsync(path, lease.DeepClone())).MustBe(201);

        Assert.Contains("metadata.resourceVersion: Invalid value: 0x0: must be specified for an update", (await sandbox.SendAsync(HttpMethod.Put, path + "/lock", lease)).MustBe(422, "Invalid").Message);
    }

    [Fact]
    public async Task Services_get_an_address_and_keep_it()
    {
        var path = $"/api/v1/namespaces/{await sandbox.NewNamespaceAsync()}/services";
        var created = await sandbox.PostAsync(path, JsonNode.Parse("""{"metadata":{"name":"web"},"spec":{"type":"NodePort","ports":[{"port":80}]}}""")!);
        var address = created.MustBe(201).Json.Text("spec", "clusterIP");
        var replaced = await sandbox.SendAsync(HttpMethod.Put, path + "/web", JsonNode.Parse("""{"metadata":{"name":"web"},"spec":{"type":"NodePort","ports":[{"port":80}]}}"""));

        Assert.StartsWith("10.96.", address);
        Assert.Equal(address, replaced.MustBe(200).Json.Text("spec", "clusterIP"));
        Assert.InRange(replaced.Json.Items("spec", "ports").Single().Number("nodePort") ?? 0, 30000, 32767);
    }

    [Fact]
    public async Task Scale_is_a_window_on_the_replicas()
    {
        var path = $"/apis/apps/v1/namespaces/{await sandbox.NewNamespaceAsync()}/deployments";
        (await sandbox.PostAsync(path, Samples.Deployment("web", 1))).MustBe(201);

        Assert.Equal(3, (await sandbox.PatchAsync(path + "/web/scale", JsonNode.Parse("""{"spec":{"replicas":3}}""")!)).MustBe(200).Json.Number("spec", "replicas"));
        Assert.Equal(3, (await sandbox.GetAsync(path + "/web")).Json.Number("spec", "replicas"));
        Assert.Equal("app=web", (await sandbox.GetAsync(path + "/web/scale")).Json.Text("status", "selector"));
        (await sandbox.PatchAsync(path + "/web/scale", JsonNode.Parse("""{"spec":{"replicas":-1}}""")!)).MustBe(422, "Invalid");
    }

    [Fact]
    public async Task Patches_at_the_same_time_all_arrive()
    {
        var path = await ConfigMapsAsync();
        (await sandbox.PostAsync(path, Samples.ConfigMap("one"))).MustBe(201);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            sandbox.PatchAsync(path + "/one", new JsonObject { ["data"] = new JsonObject { ["key-" + number] = "x" } })));

        Assert.All(answers, answer => answer.MustBe(200));
        Assert.Equal(21, (await sandbox.GetAsync(path + "/one")).Json.At("data")!.AsObject().Count);
    }

    [Fact]
    public async Task Apply_creates_and_names_the_one_who_owns_a_field()
    {
        var path = await ConfigMapsAsync();
        (await sandbox.PatchAsync(path + "/one", Samples.ConfigMap("one"), "apply-patch+yaml")).MustBe(422, "Invalid");
        (await sandbox.PatchAsync(path + "/one?fieldManager=first", Samples.ConfigMap("one"), "apply-patch+yaml")).MustBe(201);
        var conflict = await sandbox.PatchAsync(path + "/one?fieldManager=second", Samples.ConfigMap("one", "other"), "apply-patch+yaml");

        Assert.Contains("conflict with \"first\"", conflict.MustBe(409, "Conflict").Message);
        Assert.Equal("other", (await sandbox.PatchAsync(path + "/one?fieldManager=second&force=true", Samples.ConfigMap("one", "other"), "apply-patch+yaml")).MustBe(200).Json.Text("data", "key"));
    }

    private async Task<string> ConfigMapsAsync() => $"/api/v1/namespaces/{await sandbox.NewNamespaceAsync()}/configmaps";
}
