using System.Text.Json.Nodes;
using DifyUpgrade.Cluster;
using Xunit;

namespace DifyUpgrade.Tests.Cluster;

public sealed class ObjectsTests
{
    private const string Core = """
        {"resources":[{"name":"services","kind":"Service","namespaced":true},{"name":"services/proxy","kind":"ServiceProxyOptions","namespaced":true},
                      {"name":"namespaces","kind":"Namespace","namespaced":false},{"name":"bindings","kind":"Binding","namespaced":true}]}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kinds_are_looked_up_once_and_addressed_by_their_scope()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On("GET /api/v1", 200, Core)
            .On("GET /api/v1/namespaces/dify/services/web", 200, """{"kind":"Service"}""")
            .On("GET /api/v1/namespaces/dify", 404, ScriptedApi.NotFound("namespaces", "dify"));
        using var client = api.Client();

        Assert.Equal("Service", (string?)(await client.Objects.ReadAsync("v1", "Service", "dify", "web", Cancellation))!["kind"]);
        Assert.Null(await client.Objects.ReadAsync("v1", "Namespace", "dify", "dify", Cancellation));
        Assert.Single(api.Seen, request => request.Path == "/api/v1");
    }

    [Theory]
    [InlineData("v1", "Nothing")]
    [InlineData("v1", "ServiceProxyOptions")]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler")]
    public async Task A_kind_that_the_cluster_does_not_serve_is_told_apart(string apiVersion, string kind)
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On("GET /api/v1", 200, Core);
        using var client = api.Client();

        var failure = await Assert.ThrowsAsync<ClusterException>(() => client.Objects.ReadAsync(apiVersion, kind, "dify", "x", Cancellation));
        Assert.Equal((ClusterFailure.UnknownKind, $"the cluster serves no {kind} of {apiVersion}"), (failure.Failure, failure.Message));
    }

    [Theory]
    [InlineData("", "dify")]
    [InlineData(",\"namespace\":\"own\"", "own")]
    public async Task A_dry_run_applies_and_stores_nothing(string metadata, string space)
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On("GET /api/v1", 200, Core).On(
            $"PATCH /api/v1/namespaces/{space}/services/web", 200, """{"kind":"Service","metadata":{"name":"web","managedFields":[{}]},"spec":{"type":"ClusterIP"}}""");
        using var client = api.Client();

        var stored = await client.Objects.DryRunApplyAsync(Service(metadata), "dify", Cancellation);
        Assert.Equal("""{"kind":"Service","metadata":{"name":"web"},"spec":{"type":"ClusterIP"}}""", stored.ToJsonString());
        Assert.Equal("?fieldManager=dify-upgrade&dryRun=All&fieldValidation=Strict&force=true", api.Seen.Last().Query);
    }

    [Theory]
    [InlineData(true, "PATCH", "/api/v1/namespaces/dify/services/web")]
    [InlineData(false, "POST", "/api/v1/namespaces/dify/services")]
    public async Task Where_apply_lacks_defaults_the_merge_is_tried_without_storing(bool exists, string method, string path)
    {
        const string Web = "/api/v1/namespaces/dify/services/web";
        await using var api = await ScriptedApi.StartAsync();
        api.On("GET /api/v1", 200, Core)
            .On($"PATCH {Web}", 500, ScriptedApi.Status(500, "", "failed to create typed patch object: associative list with keys has an element that omits key field \"protocol\""))
            .On($"PATCH {Web}", 200, """{"kind":"Service"}""")
            .On("POST /api/v1/namespaces/dify/services", 201, """{"kind":"Service"}""");
        if (exists)
            api.On($"GET {Web}", 200, """{"kind":"Service"}""");
        else
            api.On($"GET {Web}", 404, ScriptedApi.NotFound("services", "web"));
        using var client = api.Client();

        await client.Objects.DryRunApplyAsync(Service(""), "dify", Cancellation);
        var last = api.Seen.Last();
        Assert.Equal((method, path, "?fieldManager=dify-upgrade&dryRun=All&fieldValidation=Strict"), (last.Method, last.Path, last.Query));
    }

    [Fact]
    public async Task What_the_cluster_serves_is_listed_as_helm_wants_it_and_silent_groups_are_named()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On("GET /api", 200, """{"versions":["v1"]}""").On("GET /api/v1", 200, Core)
            .On("GET /apis", 200, """{"groups":[{"versions":[{"groupVersion":"apps/v1"}]},{"versions":[{"groupVersion":"metrics.k8s.io/v1beta1"}]}]}""")
            .On("GET /apis/apps/v1", 200, """{"resources":[{"name":"deployments","kind":"Deployment","namespaced":true},{"name":"deployments/scale","kind":"Scale","namespaced":true}]}""")
            .On("GET /apis/metrics.k8s.io/v1beta1", 503, "service unavailable");
        using var client = api.Client();

        var versions = await client.ApiVersionsAsync(Cancellation);
        Assert.Equal(
            ["apps/v1", "apps/v1/Deployment", "apps/v1/Scale", "metrics.k8s.io/v1beta1", "v1", "v1/Binding", "v1/Namespace", "v1/Service", "v1/ServiceProxyOptions"],
            versions.Served);
        Assert.Equal(["metrics.k8s.io/v1beta1"], versions.Silent);
    }

    private static JsonObject Service(string metadata) =>
        (JsonObject)JsonNode.Parse($$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"{{metadata}} } }""")!;
}
