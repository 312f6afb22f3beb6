using System.Text.Json.Nodes;
using DifyUpgrade.Cluster;
using Xunit;

namespace DifyUpgrade.Tests.Cluster;

public sealed class ReadsTests
{
    private const string Space = "/api/v1/namespaces/dify";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_come_oldest_first_whatever_time_they_carry()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Space}/events", 200, """
            {"metadata":{"resourceVersion":"1"},"items":[
              {"metadata":{"name":"b"},"involvedObject":{"kind":"Pod","name":"api-0"},"type":"Warning","reason":"BackOff","message":"hunter2 failed","count":3,"lastTimestamp":"2026-01-01T00:00:09Z"},
              {"metadata":{"name":"a"},"involvedObject":{"kind":"Pod","name":"api-0"},"type":"Normal","reason":"Scheduled","message":"ok","eventTime":"2026-01-01T00:00:01.123456Z","lastTimestamp":null}]}
            """);
        using var client = api.Client(new Redactor(["hunter2"]));

        var events = await client.Events.ListAsync("dify", "api-0", "u1", Cancellation);
        Assert.Equal(["Scheduled ok 1 pod/api-0", "BackOff *** failed 3 pod/api-0"], events.Select(one => $"{one.Reason} {one.Message} {one.Count} {one.Object}"));
        Assert.Contains("fieldSelector=involvedObject.name%3Dapi-0%2CinvolvedObject.uid%3Du1", api.Seen.Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_are_redacted_lines_and_none_is_null()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Space}/pods/api-0/log", 200, "one\nkey=hunter2\n")
            .On($"GET {Space}/pods/api-0/log", 400, ScriptedApi.Status(400, "BadRequest", "previous terminated container \"api\" not found"));
        using var client = api.Client(new Redactor(["hunter2"]));

        Assert.Equal(["one", "key=***"], await client.PodLogs.TailAsync(new("dify", "api-0", "api"), 20, false, Cancellation));
        Assert.Equal("?container=api&tailLines=20&limitBytes=1048576", api.Seen.Last().Query);
        Assert.Null(await client.PodLogs.TailAsync(new("dify", "api-0", "api"), 20, true, Cancellation));
    }

    [Fact]
    public async Task Only_denied_rights_are_returned()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On("POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews", async context =>
        {
            var asked = JsonNode.Parse(api.Seen.Last(seen => seen.Body.Length > 0).Body)!["spec"]!["resourceAttributes"]!;
            var allowed = (string?)asked["resource"] == "pods" ? "true" : "false";
            await ScriptedApi.WriteAsync(context, 201, $$"""{"status":{"allowed":{{allowed}},"reason":"RBAC says so"} }""");
        });
        using var client = api.Client();

        AccessNeed secrets = new("list", "", "secrets") { Namespace = "dify" };
        Assert.Empty(await client.AccessReviews.CheckAsync([new("get", "", "pods", "exec")], Cancellation));
        Assert.Equal([new AccessDenial(secrets, "RBAC says so")], await client.AccessReviews.CheckAsync([secrets], Cancellation));
    }

    [Fact]
    public async Task A_restart_writes_the_time_into_the_template()
    {
        const string Path = "/apis/apps/v1/namespaces/dify/statefulsets/db";
        await using var api = await ScriptedApi.StartAsync();
        api.On($"PATCH {Path}", 200, """{"metadata":{"name":"db","namespace":"dify","uid":"u","generation":4},"spec":{"serviceName":"db","selector":{"matchLabels":{"app":"db"} } } }""");
        using var client = api.Client();

        var state = await client.Workloads.RestartAsync(
            new(WorkloadKind.StatefulSet, "dify", "db"), new DateTimeOffset(2026, 2, 3, 5, 6, 7, TimeSpan.FromHours(1)), Cancellation);
        Assert.Equal((4, 0), (state.Generation, state.ObservedGeneration));
        Assert.Equal(
            """{"spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"2026-02-03T04:06:07Z"}}}}}""", api.Seen.Last().Body);
    }

    [Fact]
    public async Task ReplicaSets_of_others_with_the_same_labels_are_left_out()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On("GET /apis/apps/v1/namespaces/dify/deployments/api", 200, """{"metadata":{"name":"api","namespace":"dify","uid":"mine"},"spec":{"selector":{"matchLabels":{"app":"api"} } } }""")
            .On("GET /apis/apps/v1/namespaces/dify/replicasets", 200, $$"""{"metadata":{"resourceVersion":"1"},"items":[{{Set("old", "mine", 1)}},{{Set("foreign", "other", 9)}},{{Set("new", "mine", 2)}}]}""");
        using var client = api.Client();

        var deployment = await client.Workloads.ReadAsync(new(WorkloadKind.Deployment, "dify", "api"), Cancellation);
        Assert.Equal(["new", "old"], (await client.ReplicaSets.ListAsync(deployment!, Cancellation)).Select(set => set.Name));
        Assert.Contains("labelSelector=app%3Dapi", api.Seen.Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workload_that_is_not_there_is_null()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On("GET /apis/apps/v1/namespaces/dify/daemonsets/x", 404, ScriptedApi.NotFound("daemonsets", "x"));
        using var client = api.Client();
        Assert.Null(await client.Workloads.ReadAsync(new(WorkloadKind.DaemonSet, "dify", "x"), Cancellation));
    }

    private static string Set(string name, string owner, int revision) =>
        $$"""{"metadata":{"name":"{{name}}","uid":"{{name}}","annotations":{"deployment.kubernetes.io/revision":"{{revision}}"},"ownerReferences":[{"uid":"{{owner}}","controller":true,"kind":"Deployment","name":"x","apiVersion":"apps/v1"}]} }""";
}
